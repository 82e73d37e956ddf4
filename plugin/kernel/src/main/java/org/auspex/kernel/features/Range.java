package org.auspex.kernel.features;

/** Plausible values, both ends included, in the unit of the input. Outside of it the model abstains. */
public record Range(double low, double high) {

    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    @Override
    public String toString() {
        return low + " to " + high;
    }
}
