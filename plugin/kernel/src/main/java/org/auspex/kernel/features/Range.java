package org.auspex.kernel.features;

import java.math.BigDecimal;

/** Plausible values, both ends included, in the unit of the input. Outside of it the model abstains. */
public record Range(double low, double high) {

    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    @Override
    public String toString() {
        return shown(low) + " to " + shown(high);
    }

    private static String shown(double end) {
        return BigDecimal.valueOf(end).stripTrailingZeros().toPlainString();
    }
}
