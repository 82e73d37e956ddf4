package org.auspex.kernel.monai;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.auspex.kernel.images.Step;
import org.auspex.kernel.model.Problem;

/** Reads a list of transforms, and collects what is wrong with any of them. */
final class Transforms {

    /** Types that the numbers here can stand for. */
    private static final List<String> REAL = List.of("", "float", "float16", "float32", "float64");

    private final String key;
    private final BiFunction<Component, String, List<Step>> known;
    private final List<Problem> problems;

    /**
     * @param key of the dictionary that the transforms work on
     * @param known the steps of a component by its name
     */
    Transforms(String key, BiFunction<Component, String, List<Step>> known, List<Problem> problems) {
        this.key = key;
        this.known = known;
        this.problems = problems;
    }

    List<Step> of(List<Component> components) {
        var steps = new ArrayList<Step>();
        for (var component : components) {
            try {
                steps.addAll(steps(component));
            } catch (NotRead e) {
                problems.add(e.problem());
            }
        }
        return steps;
    }

    private List<Step> steps(Component component) {
        var name = component.name();
        component.ignore("keys", "allow_missing_keys");
        component.requireOnly("lazy", false);
        try {
            var isHere = component.worksOn(key);
            var steps = known.apply(component, name);
            if (!isHere) {
                throw component.onOthers(key);
            }
            component.requireAllRead();
            return steps;
        } catch (IllegalArgumentException e) {
            throw component.refused(e);
        }
    }

    /** A transform that changes the type of numbers, or nothing: here all are FP32. */
    static List<Step> nothing(Component component, String... ignored) {
        component.ignore(ignored);
        component.ignore("data_type", "device", "wrap_sequence", "track_meta", "non_blocking");
        var type = component.word("dtype", "");
        if (!REAL.contains(type)) {
            throw component.refused("dtype", "is %s, and numbers are float32 here".formatted(type), "leave it out");
        }
        return List.of();
    }

    /** The value of a word that must be one of some. */
    static <T> T choice(Component component, String key, String otherwise, java.util.Map<String, T> known) {
        var word = component.word(key, otherwise);
        return Optional.ofNullable(known.get(word))
                .orElseThrow(() -> component.refused(
                        key,
                        "is '%s', and known are %s"
                                .formatted(
                                        word, known.keySet().stream().sorted().toList()),
                        "change the bundle, or write a model.yaml"));
    }
}
