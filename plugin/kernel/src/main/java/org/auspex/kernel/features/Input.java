package org.auspex.kernel.features;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One input of a model, as its card declares it.
 *
 * @param name unique within the card
 * @param sources where its value can stand; the newest value of any of them counts
 * @param within how far back from the time of the prediction a value counts; empty = no limit
 * @param take which of several values
 * @param missing what happens without a value
 * @param aiEvidence whether what an AI asserted counts as evidence
 * @param categories for a categorical input, in the order of their index; empty for a number
 * @param column its name in a table, for {@code evaluate}
 */
public record Input(
        String name,
        List<Source> sources,
        Optional<Duration> within,
        Take take,
        WhenMissing missing,
        boolean aiEvidence,
        List<Category> categories,
        Optional<String> column) {

    public Input {
        sources = List.copyOf(sources);
        categories = List.copyOf(categories);
    }

    public boolean isCategorical() {
        return !categories.isEmpty();
    }

    /** The feature for one of the categories by name; empty if the card lists no such category. */
    public Optional<Feature> category(String category) {
        for (int index = 0; index < categories.size(); index++) {
            if (categories.get(index).name().equals(category)) {
                return Optional.of(new Feature.Categorical(category, index));
            }
        }
        return Optional.empty();
    }
}
