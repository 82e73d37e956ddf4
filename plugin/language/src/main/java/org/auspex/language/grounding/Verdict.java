package org.auspex.language.grounding;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.auspex.kernel.outcome.Inquiry;

/**
 * What a check found.
 *
 * @param found what is wrong with the claim; nothing if it is supported
 */
public record Verdict(Outcome outcome, List<Objection> found) {

    /** The worst that was found, in rising order. */
    public enum Outcome {
        SUPPORTED,
        /** The cited words do not say this. */
        UNSUPPORTED,
        /** The cited words say otherwise. */
        CONTRADICTED;

        /** As it is written in FHIR and in metrics. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param rule who objects, such as {@code number} or {@code side}
     * @param why in one sentence
     */
    public record Objection(String rule, Outcome outcome, String why) {}

    public Verdict {
        found = List.copyOf(found);
    }

    /** The verdict on what nobody objects to. */
    public static Verdict supported() {
        return new Verdict(Outcome.SUPPORTED, List.of());
    }

    /** The verdict on what somebody objects to. */
    public static Verdict refused(String rule, Outcome outcome, String why) {
        return new Verdict(outcome, List.of(new Objection(rule, outcome, why)));
    }

    static Verdict of(List<Objection> objections) {
        return new Verdict(
                objections.stream()
                        .map(Objection::outcome)
                        .max(Comparator.naturalOrder())
                        .orElse(Outcome.SUPPORTED),
                objections);
    }

    /**
     * A claim with this verdict on it, as it is kept with a result.
     *
     * @param cited where what the claim names stands
     * @param round 1 for what was said first, 2 for what was said when asked again
     */
    public Inquiry.Claim on(String claim, List<String> cited, int round) {
        return new Inquiry.Claim(claim, cited, round, outcome.code(), rules(), objections());
    }

    /** The objections, one sentence each. */
    public List<String> objections() {
        return found.stream().map(Objection::why).toList();
    }

    /** The rules that object, each once. */
    public List<String> rules() {
        return found.stream().map(Objection::rule).distinct().toList();
    }
}
