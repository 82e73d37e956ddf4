package org.auspex.kernel.inference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.model.Expression;
import org.auspex.kernel.model.Scorecard;
import org.jspecify.annotations.Nullable;

/**
 * What every name in a scorecard means for one subject: a number, a category, or null for a gap.
 *
 * @param values by name
 */
record Names(Map<String, @Nullable Object> values) {

    /** The inputs alone. */
    static Names of(Features features) {
        var values = new HashMap<String, @Nullable Object>();
        features.byInput().forEach((name, feature) -> values.put(name, value(feature)));
        return new Names(values);
    }

    /** The inputs and everything that is defined from them, in order. */
    static Names of(Scorecard scorecard, Features features) {
        var names = of(features);
        var values = names.values();
        for (var definition : scorecard.definitions()) {
            values.put(definition.name(), names.meaning(definition));
        }
        return names;
    }

    private static @Nullable Object value(Feature feature) {
        return feature instanceof Feature.Categorical categorical
                ? categorical.category()
                : feature.number().orElse(null);
    }

    private double meaning(Scorecard.Definition definition) {
        if (definition.meaning() instanceof Scorecard.Meaning.Formula formula) {
            return number(formula.value());
        }
        var lookUp = (Scorecard.Meaning.LookUp) definition.meaning();
        return found(lookUp.values(), lookUp.by());
    }

    /** The number that a look-up holds for the categories of some inputs. */
    double found(Map<String, Double> cells, List<String> by) {
        var cell = by.stream().map(this::category).collect(Collectors.joining("/"));
        return Optional.ofNullable(cells.get(cell))
                .orElseThrow(() -> new ArithmeticException("nothing is looked up by " + cell));
    }

    double number(Expression formula) {
        return formula.number(values);
    }

    boolean holds(Expression formula) {
        return formula.holds(values);
    }

    /** Whether a condition of a band holds. */
    boolean holds(String formula) {
        return holds(Expression.parse(formula));
    }

    /** The number of a name. */
    double number(String name) {
        if (values.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new ArithmeticException("%s is no number".formatted(name));
    }

    /** The category of a name. */
    String category(String name) {
        if (values.get(name) instanceof String category) {
            return category;
        }
        throw new ArithmeticException("%s has no category".formatted(name));
    }

    boolean isCategory(String name, String category) {
        return category.equals(values.get(name));
    }

    /** The same with the results that conditions may read: {@code total}, and {@code percent} where there is one. */
    Names with(double total, Optional<Double> probability) {
        var more = new HashMap<>(values);
        more.put("total", total);
        more.put("percent", probability.map(value -> 100 * value).orElse(null));
        return new Names(more);
    }
}
