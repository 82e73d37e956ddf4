package org.auspex.language.facts;

import java.util.List;

/** What is found in a note, each in the order of its words. */
public record Mentions(List<Fact> facts, List<TimeMention> times) {

    public Mentions {
        facts = List.copyOf(facts);
        times = List.copyOf(times);
    }
}
