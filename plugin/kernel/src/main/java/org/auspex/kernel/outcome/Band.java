package org.auspex.kernel.outcome;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * A range of results that means the same risk. Bands are tried in order; the first that fits is the one.
 *
 * @param below results below this (percent for a probability, points for a score); empty = all that are left
 * @param anyItem for a score: only if at least one item scored this many points
 * @param when only if this formula of the card holds; empty = always
 * @param risk the word for it
 * @param text what the publication calls it or advises; empty = the word alone
 */
public record Band(
        Optional<Double> below, Optional<Double> anyItem, Optional<String> when, RiskWord risk, Optional<String> text) {

    /**
     * Whether a result falls in this band.
     *
     * @param value percent of a probability, or points
     * @param highestItem the most points of any single item
     * @param condition tells whether a formula of the card holds
     */
    boolean holds(double value, double highestItem, Predicate<String> condition) {
        return below.map(limit -> value < limit).orElse(true)
                && anyItem.map(points -> highestItem >= points).orElse(true)
                && when.map(condition::test).orElse(true);
    }
}
