package org.auspex.kernel.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A published points table.
 *
 * @param source the publication, with table and page
 */
public record Scorecard(String source, List<Item> items) {

    public Scorecard {
        items = List.copyOf(items);
    }

    /**
     * One line of the table.
     *
     * @param round the step a number is rounded to, half up, before it is looked up; empty = not rounded
     * @param cases tried in order
     */
    public record Item(String name, String input, Optional<Double> round, List<Case> cases) {
        public Item {
            cases = List.copyOf(cases);
        }
    }

    /**
     * Points that hold under a condition.
     *
     * @param when categories that other inputs must have; empty = always
     */
    public record Case(Map<String, String> when, Points points) {
        public Case {
            when = Map.copyOf(when);
        }
    }

    /** How a value turns into points. */
    public sealed interface Points {

        /** Steps of rising upper limits. */
        record Steps(List<Step> steps) implements Points {
            public Steps {
                steps = List.copyOf(steps);
            }
        }

        /** Points by category. */
        record ByCategory(Map<String, Double> points) implements Points {
            public ByCategory {
                points = Map.copyOf(points);
            }
        }
    }

    /**
     * One step.
     *
     * @param to the last value that belongs to it; empty = all that are left
     */
    public record Step(Optional<Double> to, double points) {}
}
