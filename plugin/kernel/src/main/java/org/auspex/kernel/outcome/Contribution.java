package org.auspex.kernel.outcome;

/**
 * How much one input moved a result.
 *
 * @param input name of the input
 * @param amount in the scale's unit
 */
public record Contribution(String input, double amount, Scale scale) {

    /** What a contribution is counted in. */
    public enum Scale {
        POINTS,
        PERCENTAGE_POINTS,
        /** The linear predictor of a regression, such as log odds or a log hazard. */
        LINEAR_PREDICTOR
    }
}
