package org.auspex.kernel.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.features.After;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;

/** Chooses a value by the time of another one, as a second troponin is chosen by the first. */
final class Following {

    private final Paths paths;
    private final Selection selection;

    Following(Paths paths, Selection selection) {
        this.paths = paths;
        this.selection = selection;
    }

    /** The value that follows another one in time; unusable if the two were not measured alike. */
    Selection.Selected of(Input input, After after, List<Observed> candidates, Optional<Observed> anchor) {
        if (anchor.isEmpty()) {
            return new Selection.Selected(
                    Selection.gap(input, "there is no %s that it could follow".formatted(after.input())),
                    Optional.empty());
        }
        var first = anchor.get();
        var from = first.effective().start().plus(after.least());
        var until = first.effective().start().plus(after.most());
        var selected = selection.of(
                input,
                candidates.stream()
                        .filter(second -> !second.effective().start().isBefore(from)
                                && !second.effective().start().isAfter(until))
                        .toList());
        return selected.observed()
                .flatMap(second -> difference(first, second, after))
                .map(why -> new Selection.Selected(
                        new Reading(
                                input.name(),
                                new Feature.Unusable(why),
                                selected.reading().pieces(),
                                List.of()),
                        selected.observed()))
                .orElse(selected);
    }

    private Optional<String> difference(Observed first, Observed second, After after) {
        return after.same().stream()
                .flatMap(path -> {
                    var one = paths.evaluate(first.resource(), path, Map.of());
                    var other = paths.evaluate(second.resource(), path, Map.of());
                    return Likeness.differs(one, other)
                            ? Stream.of(
                                    "its %s is %s, that of %s %s; two that were measured otherwise cannot be compared"
                                            .formatted(
                                                    path.split("[.(]", 2)[0],
                                                    Likeness.shown(other),
                                                    after.input(),
                                                    Likeness.shown(one)))
                            : Stream.empty();
                })
                .findFirst();
    }
}
