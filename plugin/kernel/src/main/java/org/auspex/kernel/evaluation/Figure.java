package org.auspex.kernel.evaluation;

import java.util.Optional;

/** One number that says what predictions were worth, or why there is none. */
public sealed interface Figure {

    /** A number and how sure it is. */
    record Estimate(double number, Interval interval) implements Figure {
        public Estimate {
            requireFinite(number);
        }

        @Override
        public Optional<Double> value() {
            return Optional.of(number);
        }

        @Override
        public Optional<Interval> confidence() {
            return Optional.of(interval);
        }

        @Override
        public Optional<String> gap() {
            return Optional.empty();
        }
    }

    /**
     * A number of which nobody knows how sure it is.
     *
     * @param reason why there is no interval
     */
    record Bare(double number, String reason) implements Figure {
        public Bare {
            requireFinite(number);
        }

        @Override
        public Optional<Double> value() {
            return Optional.of(number);
        }

        @Override
        public Optional<Interval> confidence() {
            return Optional.empty();
        }

        @Override
        public Optional<String> gap() {
            return Optional.of(reason);
        }
    }

    /** No number, and why not. */
    record Undefined(String reason) implements Figure {
        @Override
        public Optional<Double> value() {
            return Optional.empty();
        }

        @Override
        public Optional<Interval> confidence() {
            return Optional.empty();
        }

        @Override
        public Optional<String> gap() {
            return Optional.of(reason);
        }
    }

    /** The number; empty where the rows do not define it. Always finite. */
    Optional<Double> value();

    /** Its 95 % interval; empty where there is no number or no interval for it. */
    Optional<Interval> confidence();

    /** Why the number, or only its interval, is missing; empty when both are there. */
    Optional<String> gap();

    private static void requireFinite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("A figure is a finite number, not " + number);
        }
    }
}
