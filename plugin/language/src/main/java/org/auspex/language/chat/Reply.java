package org.auspex.language.chat;

import java.time.Duration;
import java.util.Optional;
import org.auspex.kernel.model.Sha256;
import org.auspex.kernel.outcome.Inquiry;

/**
 * A complete answer, with all that must be kept to know where it comes from.
 *
 * @param text what the model said
 * @param requested the name of the model that was asked for
 * @param served the name of the model that the endpoint says it answered with
 * @param fingerprint of the endpoint's configuration, if it gives one
 * @param usage if the endpoint counts
 * @param took from the first attempt to the answer, waiting included
 */
public record Reply(
        Prompt prompt,
        String text,
        String requested,
        String served,
        Optional<String> fingerprint,
        Optional<Usage> usage,
        Duration took) {

    /** Tokens, as the endpoint counts them. */
    public record Usage(int input, int output) {}

    /** What of it may be kept with a result. */
    public Inquiry inquiry() {
        return new Inquiry(
                new Inquiry.Instructions(prompt.name(), prompt.version(), prompt.instructions()),
                requested,
                served,
                fingerprint,
                Sha256.of(prompt.input()),
                usage.map(counted -> new Inquiry.Tokens(counted.input(), counted.output())),
                took);
    }

    /** Without the words, so that none are logged by accident. */
    @Override
    public String toString() {
        return "%s answered %s with %d characters".formatted(served, prompt, text.length());
    }
}
