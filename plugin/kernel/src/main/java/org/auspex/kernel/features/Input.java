package org.auspex.kernel.features;

import java.util.List;
import java.util.Optional;

/**
 * One input of a model, as its card declares it.
 *
 * @param name unique within the card
 * @param sources where its value can stand; the newest value of any of them counts; none for a setting
 * @param setting for an input that the site chooses; empty for one that is read from the record
 * @param window when a value must have been taken
 * @param take which of several values
 * @param missing what happens without a value
 * @param aiEvidence whether what an AI asserted counts as evidence
 * @param past whether what is over counts, such as a diagnosis that abated or a drug no longer taken
 * @param categories for a categorical input, in the order of their index; empty for a number
 * @param onlyIf the one category with which there is a prediction at all; empty = any
 * @param column where it stands in a table, for {@code evaluate}
 */
public record Input(
        String name,
        List<Source> sources,
        Optional<Setting> setting,
        Window window,
        Take take,
        WhenMissing missing,
        boolean aiEvidence,
        boolean past,
        List<Category> categories,
        Optional<String> onlyIf,
        Optional<Column> column) {
    public Input {
        sources = List.copyOf(sources);
        categories = List.copyOf(categories);
    }

    public boolean isCategorical() {
        return !categories.isEmpty();
    }

    /** The same input as a site has set it. */
    public Input with(Setting chosen) {
        return new Input(
                name,
                sources,
                Optional.of(chosen),
                window,
                take,
                missing,
                aiEvidence,
                past,
                categories,
                onlyIf,
                column);
    }

    /** The same input with another rule for gaps. */
    public Input with(WhenMissing rule) {
        return new Input(name, sources, setting, window, take, rule, aiEvidence, past, categories, onlyIf, column);
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
