package org.auspex.kernel.appraisal;

import java.util.List;
import java.util.Optional;

/**
 * Something else that foresees the outcome, to be compared with the model.
 *
 * @param ofRow a probability, or any number of which more means that the outcome is likelier or comes sooner; empty where it says nothing
 */
public record Rival(String name, List<Optional<Double>> ofRow) {

    public Rival {
        ofRow = List.copyOf(ofRow);
    }

    /** Whether everything it says lies between 0 and 1. */
    boolean isProbability() {
        return ofRow.stream().flatMap(Optional::stream).allMatch(value -> value >= 0 && value <= 1);
    }
}
