package org.auspex.kernel.outcome;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A question to a language model and what is known of its answer. The words of the patient are not among it.
 *
 * @param requested the name of the model that was asked for
 * @param served the name of the model that the endpoint says it answered with
 * @param fingerprint of the endpoint's configuration, if it gives one
 * @param inputSha256 of what it was asked about
 * @param tokens if the endpoint counts
 * @param took from the first attempt to the answer
 */
public record Inquiry(
        Instructions instructions,
        String requested,
        String served,
        Optional<String> fingerprint,
        String inputSha256,
        Optional<Tokens> tokens,
        Duration took) {

    /** What it was told to do: a name, a version that changes with the words, and the words. */
    public record Instructions(String name, String version, String text) {}

    /** As the endpoint counts them. */
    public record Tokens(int input, int output) {}

    /**
     * A claim of the language model, shown or not, and what became of it.
     *
     * @param cited where what it names stands
     * @param round 1 for what it said first, 2 for what it said when asked again
     * @param verdict {@code supported}, {@code unsupported} or {@code contradicted}
     * @param rules that object
     * @param objections in words
     */
    public record Claim(
            String words, List<String> cited, int round, String verdict, List<String> rules, List<String> objections) {
        public Claim {
            cited = List.copyOf(cited);
            rules = List.copyOf(rules);
            objections = List.copyOf(objections);
        }
    }
}
