package org.auspex.kernel.outcome;

import java.util.List;
import java.util.Optional;

/**
 * Something in the record that nobody seems to have answered: no diagnosis, no order, no word of a person.
 *
 * @param rule the name of the rule that found it
 * @param title what it is, in a few words
 * @param finding the input that it is about
 * @param inputs all inputs that it rests on, the finding first
 * @param says the same as sentences for people, with the values
 * @param source the publication behind the rule
 * @param reference where that is found, a URL
 */
public record Issue(
        String rule,
        String title,
        Severity severity,
        String finding,
        List<String> inputs,
        String says,
        String source,
        Optional<String> reference) {

    /** How bad it may be, in the words of FHIR's DetectedIssue; the worst last. */
    public enum Severity {
        LOW(RiskWord.LOW),
        MODERATE(RiskWord.MODERATE),
        HIGH(RiskWord.HIGH);

        private final RiskWord risk;

        Severity(RiskWord risk) {
            this.risk = risk;
        }

        /** The same as a word for risk. */
        public RiskWord risk() {
            return risk;
        }
    }

    public Issue {
        inputs = List.copyOf(inputs);
    }
}
