package org.auspex.kernel.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A group of the rows.
 *
 * @param by what the rows were sorted by
 * @param events rows whose outcome happened; empty where none is looked for
 */
public record Subgroup(String by, String name, int rows, OptionalInt events, List<Judged> figures) {

    public Subgroup {
        figures = List.copyOf(figures);
    }

    /** Whether any figure is worse than that of all rows beyond chance. */
    public boolean isWorse() {
        return figures.stream().anyMatch(Judged::isWorse);
    }

    /**
     * One figure of the group.
     *
     * @param fromAll how far it is from that of all rows; empty where they are not compared
     * @param notCompared why not
     */
    public record Judged(String measure, Figure figure, Optional<Difference> fromAll, Optional<String> notCompared) {

        boolean isWorse() {
            return fromAll.map(Difference::worse).orElse(false);
        }
    }

    /**
     * The figure of the group less that of all rows, with an interval that holds together with those of all other comparisons.
     *
     * @param worse whether the interval excludes 0, on the worse side
     */
    public record Difference(double number, double low, double high, boolean worse) {}
}
