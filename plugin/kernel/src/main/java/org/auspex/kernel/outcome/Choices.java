package org.auspex.kernel.outcome;

import java.util.List;

/**
 * What a ranking puts in order.
 *
 * @param top how many of them are written down, the most probable first
 * @param all in the order of the model's numbers
 */
public record Choices(int top, List<Choice> all) {
    public Choices {
        all = List.copyOf(all);
        if (top < 1 || top > all.size()) {
            throw new IllegalArgumentException(
                    "Of %d choices so many can be written, not %d".formatted(all.size(), top));
        }
    }
}
