package org.auspex.language.grounding;

import java.util.Comparator;
import java.util.List;

/**
 * What a check found.
 *
 * @param objections to the claim, one sentence each; none if it is supported
 */
public record Verdict(Outcome outcome, List<String> objections) {

    /** The worst that was found, in rising order. */
    public enum Outcome {
        SUPPORTED,
        /** The cited words do not say this. */
        UNSUPPORTED,
        /** The cited words say otherwise. */
        CONTRADICTED
    }

    public Verdict {
        objections = List.copyOf(objections);
    }

    static Verdict of(List<Objection> objections) {
        var worst = objections.stream()
                .map(Objection::outcome)
                .max(Comparator.naturalOrder())
                .orElse(Outcome.SUPPORTED);
        return new Verdict(worst, objections.stream().map(Objection::why).toList());
    }

    /** One thing that is wrong. */
    record Objection(Outcome outcome, String why) {}
}
