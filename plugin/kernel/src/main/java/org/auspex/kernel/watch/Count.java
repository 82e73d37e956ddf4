package org.auspex.kernel.watch;

import java.util.Comparator;
import org.auspex.kernel.model.ModelId;

/**
 * What is counted together.
 *
 * @param about {@code outcome}, {@code risk}, {@code output}, {@code input/NAME} or {@code unit/NAME}
 * @param bin which of its values: a word, a unit, or the number of a bin
 */
public record Count(ModelId model, String about, String bin) implements Comparable<Count> {

    public static final String OUTCOME = "outcome";
    public static final String RISK = "risk";
    public static final String OUTPUT = "output";
    public static final String INPUT = "input/";
    public static final String UNIT = "unit/";
    public static final String MISSING = "missing";
    public static final String ABSTAINED = "abstained";

    private static final Comparator<Count> ORDER = Comparator.comparing(
                    (Count count) -> count.model().toString())
            .thenComparing(Count::about)
            .thenComparing(Count::bin);

    @Override
    public int compareTo(Count other) {
        return ORDER.compare(this, other);
    }
}
