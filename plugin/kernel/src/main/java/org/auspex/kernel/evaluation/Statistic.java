package org.auspex.kernel.evaluation;

import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/** A figure of one sample alone: a number, or why there is none. */
sealed interface Statistic {

    record Known(double number) implements Statistic {
        @Override
        public DoubleStream numbers() {
            return DoubleStream.of(number);
        }

        @Override
        public Figure figure(DoubleFunction<Figure> ofNumber) {
            return ofNumber.apply(number);
        }
    }

    record Unknown(String reason) implements Statistic {
        @Override
        public DoubleStream numbers() {
            return DoubleStream.empty();
        }

        @Override
        public Figure figure(DoubleFunction<Figure> ofNumber) {
            return new Figure.Undefined(reason);
        }
    }

    /** The number, if there is one. */
    DoubleStream numbers();

    /** What {@code ofNumber} makes of the number; undefined, for the same reason, without one. */
    Figure figure(DoubleFunction<Figure> ofNumber);
}
