package org.auspex.kernel.model;

import java.util.List;
import java.util.Optional;

/**
 * How the values of an input, or of a model's answers, were spread over the rows of its training.
 *
 * @param name of the input
 * @param edges where a bin ends and the next begins, rising; a value at an edge belongs above it. Empty for categories
 * @param categories in the order of their index; empty for numbers
 * @param shares of the known values in each bin or category; together 1
 * @param missing the share of rows without a value, 0 to 1
 */
public record Distribution(
        String name, List<Double> edges, List<String> categories, List<Double> shares, double missing) {

    private static final double ROUNDING = 1e-3;

    public Distribution {
        edges = List.copyOf(edges);
        categories = List.copyOf(categories);
        shares = List.copyOf(shares);
        var bins = categories.isEmpty() ? edges.size() + 1 : categories.size();
        if (shares.size() != bins) {
            throw new IllegalArgumentException("'%s' has %d shares for %d bins".formatted(name, shares.size(), bins));
        }
        for (int i = 1; i < edges.size(); i++) {
            if (edges.get(i) <= edges.get(i - 1)) {
                throw new IllegalArgumentException("the edges of '%s' do not rise: %s".formatted(name, edges));
            }
        }
        var sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        if (!(Math.abs(sum - 1) <= ROUNDING) || shares.stream().anyMatch(share -> share < 0)) {
            throw new IllegalArgumentException(
                    "the shares of '%s' are no parts of a whole: they add up to %s".formatted(name, sum));
        }
        if (!(missing >= 0 && missing <= 1)) {
            throw new IllegalArgumentException("'%s' is missing in a share of %s".formatted(name, missing));
        }
    }

    /** The bin of a number or, for categories, of an index; empty for an index that is none. */
    public Optional<Integer> bin(double number) {
        if (categories.isEmpty()) {
            return Optional.of(
                    (int) edges.stream().filter(edge -> edge <= number).count());
        }
        var index = (int) number;
        return index >= 0 && index < categories.size() ? Optional.of(index) : Optional.empty();
    }
}
