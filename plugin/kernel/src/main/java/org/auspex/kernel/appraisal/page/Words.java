package org.auspex.kernel.appraisal.page;

import java.util.Locale;
import org.auspex.kernel.evaluation.Figure;
import org.auspex.kernel.evaluation.Proportion;

/** Numbers as people read them. */
final class Words {

    private static final double PERCENT = 100;
    private static final double MANY = 1000;

    private Words() {}

    static String number(double number) {
        var digits = Math.abs(number) >= MANY || number == Math.rint(number) ? "%.0f" : "%.3f";
        return String.format(Locale.ROOT, digits, number);
    }

    static String fixed(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", PERCENT * share);
    }

    /** The number with its interval, or why either is missing. */
    static String figure(Figure figure) {
        var value = figure.value().map(Words::fixed);
        var interval = figure.confidence().map(ends -> " (%s to %s)".formatted(fixed(ends.low()), fixed(ends.high())));
        return value.map(number -> number
                        + interval.orElseGet(() ->
                                " (no interval: %s)".formatted(figure.gap().orElseThrow())))
                .orElseGet(() -> "undefined: " + figure.gap().orElseThrow());
    }

    static String proportion(Proportion proportion) {
        return proportion
                .share()
                .map(share -> "%s (%s to %s), %d of %d"
                        .formatted(
                                percent(share),
                                percent(proportion.low().orElseThrow()),
                                percent(proportion.high().orElseThrow()),
                                proportion.count(),
                                proportion.of()))
                .orElse("undefined: of no rows");
    }
}
