package org.auspex.kernel.features;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auspex.kernel.images.Picture;

/** All values that a model reads about one subject, by input name and in the card's order. */
public record Features(Map<String, Feature> byInput) {

    public Features {
        byInput = Collections.unmodifiableMap(new LinkedHashMap<>(byInput));
    }

    /**
     * The value of one input.
     *
     * @throws IllegalArgumentException if the card declares no such input
     */
    public Feature get(String input) {
        var feature = byInput.get(input);
        if (feature == null) {
            throw new IllegalArgumentException("No input '%s' among %s".formatted(input, byInput.keySet()));
        }
        return feature;
    }

    /** All images among the values, in the card's order. */
    public List<Picture> pictures() {
        return byInput.values().stream()
                .filter(Feature.Pictured.class::isInstance)
                .flatMap(feature -> ((Feature.Pictured) feature).pictures().stream())
                .toList();
    }

    /** The same values with one of them hidden, as if the record did not have it. */
    public Features without(String input) {
        var rest = new LinkedHashMap<>(byInput);
        rest.put(input, new Feature.Missing("hidden"));
        return new Features(rest);
    }
}
