package org.auspex.kernel.outcome;

import java.util.List;
import java.util.Optional;
import org.auspex.terminology.Code;

/**
 * Diagnoses that a language model thinks of, the likeliest first. It gives no probabilities: nobody has measured what they would be worth.
 *
 * @param inquiry what the language model was asked, and as what its endpoint answered
 * @param claims all reasons that it gave, shown or not
 * @param diagnoses at least one
 */
public record Differential(Output output, Inquiry inquiry, List<Claimed> claims, List<Diagnosis> diagnoses)
        implements Outcome {

    public Differential {
        claims = List.copyOf(claims);
        diagnoses = List.copyOf(diagnoses);
        if (diagnoses.isEmpty()) {
            throw new IllegalArgumentException("A differential names a diagnosis");
        }
    }

    /** The language model, as its endpoint calls it. */
    public String voice() {
        return inquiry.served();
    }

    /** A reason for or against a diagnosis, and what became of it. */
    public record Claimed(String diagnosis, Inquiry.Claim claim) {}

    /**
     * One of them.
     *
     * @param code empty if no dictionary knows the words
     * @param supporting at least one
     */
    public record Diagnosis(String words, Optional<Code> code, List<Reason> supporting, List<Reason> opposing) {
        public Diagnosis {
            supporting = List.copyOf(supporting);
            opposing = List.copyOf(opposing);
            if (supporting.isEmpty()) {
                throw new IllegalArgumentException("A diagnosis rests on a reason");
            }
        }
    }

    /**
     * Why, or why not.
     *
     * @param places of what it rests on: {@code DocumentReference/1/_history/2 at 12 to 40}, or the name of an input
     */
    public record Reason(String words, List<String> places) {
        public Reason {
            places = List.copyOf(places);
        }
    }

    @Override
    public String kind() {
        return "differential";
    }

    @Override
    public Optional<RiskWord> risk() {
        return Optional.empty();
    }

    @Override
    public Optional<Double> value() {
        return Optional.empty();
    }
}
