package org.auspex.kernel.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A published score: points tables, look-ups and equations.
 *
 * @param source the publication, with table and page
 * @param definitions names computed before the items, in order; each may use inputs and earlier names
 * @param parts one for each output
 */
public record Scorecard(String source, List<Definition> definitions, List<Part> parts) {
    public Scorecard {
        definitions = List.copyOf(definitions);
        parts = List.copyOf(parts);
    }

    /** A name that items and later definitions can use. */
    public record Definition(String name, Meaning meaning) {}

    /** What a name stands for. */
    public sealed interface Meaning {

        /** A formula. */
        record Formula(Expression value) implements Meaning {}

        /**
         * A number found by categories.
         *
         * @param by the inputs whose categories find it, in order
         * @param values by the categories joined by {@code /}, such as {@code low/female}
         */
        record LookUp(List<String> by, Map<String, Double> values) implements Meaning {
            public LookUp {
                by = List.copyOf(by);
                values = Map.copyOf(values);
            }
        }
    }

    /**
     * How one output is computed.
     *
     * @param output its name
     * @param when otherwise the output is left out; empty = always computed
     * @param items what is added up to the total
     * @param probability from the total; empty where the publication gives none
     * @param decisions the label, the first whose condition holds; none for a score or a probability
     */
    public record Part(
            String output,
            Optional<Expression> when,
            List<Item> items,
            Optional<Likelihood> probability,
            List<Decision> decisions) {
        public Part {
            items = List.copyOf(items);
            decisions = List.copyOf(decisions);
        }
    }

    /**
     * One line of the table.
     *
     * @param input the input or defined name that is looked up, and under which the item is explained
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

        /**
         * A coefficient of a regression times a value.
         *
         * @param by the input whose category finds the coefficient; empty = one for all, under the empty category
         */
        record Coefficient(Optional<String> by, Map<String, Double> values, Expression times) implements Points {
            public Coefficient {
                values = Map.copyOf(values);
            }
        }

        /** A formula. */
        record Formula(Expression value) implements Points {}
    }

    /**
     * One step.
     *
     * @param to the last value that belongs to it; empty = all that are left
     */
    public record Step(Optional<Double> to, double points) {}

    /** How a total turns into a probability. */
    public sealed interface Likelihood {

        /** Points of a curve by rising total, in percent: linear between them, held at both ends. */
        record Curve(List<Step> points) implements Likelihood {
            public Curve {
                points = List.copyOf(points);
            }
        }

        /** Percentages of steps of rising upper limits. */
        record Steps(List<Step> steps) implements Likelihood {
            public Steps {
                steps = List.copyOf(steps);
            }
        }

        /** A formula that reads {@code total} and gives 0 to 1. */
        record Formula(Expression value) implements Likelihood {}
    }

    /**
     * One way to decide.
     *
     * @param when empty = always
     * @param label the label; empty = the model abstains
     * @param why the reason, for abstaining or for the label; may be empty for a label
     */
    public record Decision(Optional<Expression> when, Optional<String> label, String why) {}
}
