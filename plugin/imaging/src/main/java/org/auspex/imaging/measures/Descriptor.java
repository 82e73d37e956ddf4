package org.auspex.imaging.measures;

import java.util.Locale;
import java.util.Optional;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.report.Evaluation;

/**
 * A word of BI-RADS (ACR BI-RADS Ultrasound, 2013) for a lesion, and where it comes from.
 *
 * @param group what is described, such as the margin
 * @param concept code of the group
 * @param word such as {@code circumscribed}
 * @param code of the word, where a coding scheme has one
 * @param quantity what was measured
 * @param value what came out
 * @param rule when the word is used, in terms of the quantity
 */
public record Descriptor(
        String group, Code concept, String word, Optional<Code> code, String quantity, double value, String rule) {

    /** {@code margin: not circumscribed, since the step of grey over the edge over its spread is 0.71 (at most 1.00)}. */
    public String because() {
        return "%s: %s, since the %s is %s (%s)"
                .formatted(group, word, quantity, String.format(Locale.ROOT, "%.2f", value), rule);
    }

    /** As content of a report. */
    public Evaluation evaluation() {
        return new Evaluation(concept, word, code);
    }
}
