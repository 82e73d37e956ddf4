package org.auspex.kernel.outcome;

import java.util.Optional;

/**
 * A range of results that means the same risk. Bands are tried in order; the first that fits is the one.
 *
 * @param below results below this (percent for a probability, points for a score); empty = all that are left
 * @param anyItem for a score: only if at least one item scored this many points
 * @param risk the word for it
 * @param text what the publication calls it or advises; empty = the word alone
 */
public record Band(Optional<Double> below, Optional<Double> anyItem, RiskWord risk, Optional<String> text) {

    /** Whether a result of {@code value}, with a highest single item of {@code highestItem}, falls in this band. */
    boolean holds(double value, double highestItem) {
        return below.map(limit -> value < limit).orElse(true)
                && anyItem.map(points -> highestItem >= points).orElse(true);
    }
}
