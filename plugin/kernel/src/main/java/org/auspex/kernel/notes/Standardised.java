package org.auspex.kernel.notes;

import java.util.Optional;

/**
 * What became of one thing that a document names.
 *
 * @param record of what is written for it: mentions with the same one are written once; empty if it was refused
 * @param amount of a test that is written: in the unit it is written in
 * @param refusal why it is not written
 * @param reason the same in words, with the value and what was expected; empty if it is written
 */
public record Standardised(
        NotedFact fact, Optional<Key> record, Optional<Amount> amount, Optional<Refusal> refusal, String reason) {

    /**
     * What makes two mentions the same.
     *
     * @param said what holds of all of them
     * @param more side and site, or value and time
     */
    public record Key(String name, NotedFact.Said said, String more) {}

    static Standardised written(NotedFact fact, Key key, Optional<Amount> amount) {
        return new Standardised(fact, Optional.of(key), amount, Optional.empty(), "");
    }

    static Standardised refused(NotedFact fact, Refusal why, String reason) {
        return new Standardised(fact, Optional.empty(), Optional.empty(), Optional.of(why), reason);
    }
}
