package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auspex.kernel.features.Category;

/** The names that a card declares, for the rules that check their use. */
final class CardNames {

    private final Map<String, List<String>> categories = new LinkedHashMap<>();
    private final Set<String> defined = new LinkedHashSet<>();

    CardNames(JsonNode card) {
        card.path("inputs").forEach(input -> categories.put(input.path("name").asText(), categories(input)));
        card.path("asks")
                .forEach(part ->
                        Part.SAID.forEach(said -> defined.add(part.path("name").asText() + said)));
        card.at("/scorecard/define")
                .forEach(definition -> defined.add(definition.path("name").asText()));
    }

    /** The categories of an input; none for a number. */
    static List<String> categories(JsonNode input) {
        if (input.has("categories")) {
            List<String> names = new ArrayList<>();
            input.path("categories")
                    .forEach(category -> names.add(category.path("category").asText()));
            return names;
        }
        var yesOrNo = input.path("take").asText().equals("exists")
                || !input.findValues("above").isEmpty()
                || (!input.findValues("fact").isEmpty()
                        && input.findValues("unit").isEmpty());
        return yesOrNo ? List.of(Category.NO, Category.YES) : List.of();
    }

    /** The categories of the input of a name; empty if no input is called so. */
    Optional<List<String>> ofInput(String name) {
        return Optional.ofNullable(categories.get(name));
    }

    /** Whether a formula may use a name. */
    boolean isKnown(String name) {
        return categories.containsKey(name) || defined.contains(name);
    }

    /** Every name that a formula may use. */
    List<String> all() {
        var all = new ArrayList<>(categories.keySet());
        all.addAll(defined);
        return all;
    }
}
