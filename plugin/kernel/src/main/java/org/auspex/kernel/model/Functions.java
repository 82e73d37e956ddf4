package org.auspex.kernel.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The functions that formulas in cards may call. Public because JEXL calls them by reflection. */
public final class Functions {

    private Functions() {}

    public static double exp(double x) {
        return Math.exp(x);
    }

    /** Natural logarithm. */
    public static double ln(double x) {
        return Math.log(x);
    }

    public static double log10(double x) {
        return Math.log10(x);
    }

    public static double sqrt(double x) {
        return Math.sqrt(x);
    }

    public static double pow(double base, double exponent) {
        return Math.pow(base, exponent);
    }

    public static double abs(double x) {
        return Math.abs(x);
    }

    public static double floor(double x) {
        return Math.floor(x);
    }

    public static double min(double a, double b) {
        return Math.min(a, b);
    }

    public static double max(double a, double b) {
        return Math.max(a, b);
    }

    /** 1 for the category {@code yes}, 0 for any other; a gap is no {@code yes}. */
    public static double yes(@Nullable Object category) {
        return "yes".equals(category) ? 1 : 0;
    }

    /** How many of the categories are {@code yes}. */
    public static double count(@Nullable Object... categories) {
        return Arrays.stream(categories).filter("yes"::equals).count();
    }
}
