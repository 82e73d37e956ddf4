package org.auspex.commandline.exam;

import java.util.List;

/**
 * What tokens cost, in the currency of whoever gives the prices.
 *
 * @param input of a million tokens that are read
 * @param output of a million tokens that are written
 */
public record Prices(double input, double output) {

    private static final double MILLION = 1e6;

    public Prices {
        if (!(input >= 0) || !(output >= 0) || Double.isInfinite(input) || Double.isInfinite(output)) {
            throw new IllegalArgumentException(
                    "--price-in %s and --price-out %s must be prices of a million tokens, 0 or more."
                            .formatted(input, output));
        }
    }

    double of(List<Answered> lines) {
        return lines.stream()
                .mapToDouble(line -> (line.inputTokens() * input + line.outputTokens() * output) / MILLION)
                .sum();
    }
}
