package org.auspex.kernel.model;

/**
 * One thing wrong with a model folder.
 *
 * @param line line of {@code model.yaml}, from 1; 0 when it is about another file
 * @param what what is wrong, with the value
 * @param fix what to write instead
 */
public record Problem(int line, String what, String fix) {

    @Override
    public String toString() {
        return (line > 0 ? "line " + line + ": " : "") + what + (fix.isEmpty() ? "" : " - " + fix);
    }
}
