package org.auspex.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.model.ModelCard;

/**
 * The inputs that a golden case gives, as the model reads them.
 *
 * @param values by input name; null or absent = missing
 */
record GoldenInputs(JsonNode values) {

    Features features(ModelCard card) {
        var byInput = new LinkedHashMap<String, Feature>();
        card.requirements().inputs().forEach(input -> byInput.put(input.name(), feature(input)));
        return new Features(byInput);
    }

    private Feature feature(Input input) {
        var value = values.path(input.name());
        if (value.isNull() || value.isMissingNode()) {
            return input.take() == Take.EXISTS
                    ? input.category(Category.NO).orElseThrow()
                    : input.missing().resolve("null in the case");
        }
        var feature = input.category(value.asText()).orElseGet(() -> given(input, value));
        var wanted = input.onlyIf();
        return wanted.isPresent()
                        && feature instanceof Feature.Categorical found
                        && !found.category().equals(wanted.get())
                ? new Feature.Unusable("only for " + wanted.get())
                : feature;
    }

    private static Feature given(Input input, JsonNode value) {
        var range = input.sources().stream().findFirst().flatMap(Source::range);
        if (input.isCategorical()) {
            return new Feature.Unusable("'%s' is none of the answers".formatted(value.asText()));
        }
        return range.filter(plausible -> !plausible.contains(value.asDouble()))
                .<Feature>map(plausible -> new Feature.Unusable("outside of " + plausible))
                .orElseGet(() -> new Feature.Numeric(value.asDouble()));
    }
}
