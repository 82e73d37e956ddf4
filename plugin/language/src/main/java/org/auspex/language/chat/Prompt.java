package org.auspex.language.chat;

/**
 * What a model is asked.
 *
 * @param name of the instructions, such as {@code prose}
 * @param version of the instructions; another one whenever their words change
 * @param instructions what it is to do, in the place of the system's message
 * @param input what it is to do it with, in the place of the user's message; holds patient content
 */
public record Prompt(String name, String version, String instructions, String input) {

    public Prompt {
        if (instructions.isBlank() || input.isBlank()) {
            throw new IllegalArgumentException("The prompt %s|%s has no words".formatted(name, version));
        }
    }

    /** Without the words, so that none are logged by accident. */
    @Override
    public String toString() {
        return "%s|%s (%d characters)".formatted(name, version, input.length());
    }
}
