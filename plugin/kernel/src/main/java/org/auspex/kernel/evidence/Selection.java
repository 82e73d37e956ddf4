package org.auspex.kernel.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Setting;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.features.Window;

/** Chooses among the values of one input, or gathers them, as its card says. */
final class Selection {

    private static final Comparator<Observed> BY_TIME = Comparator.comparing(
                    (Observed observed) -> observed.effective().start())
            .thenComparing(Observed::known)
            .thenComparing(observed -> observed.value().shown())
            .thenComparing(Observed::reference);

    private final Interpretation interpretation;

    Selection(Interpretation interpretation) {
        this.interpretation = interpretation;
    }

    /**
     * What the record says about an input.
     *
     * @param candidates every value within its window
     */
    Selected of(Input input, List<Observed> candidates) {
        var ordered = candidates.stream().sorted(BY_TIME).toList();
        var chosen = switch (input.take()) {
            case EXISTS -> new Selected(exists(input, ordered), Optional.empty());
            case COUNT ->
                new Selected(
                        gathered(input, ordered, new Feature.Numeric(ordered.size()), List.of()), Optional.empty());
            case LATEST, FIRST -> ordered.isEmpty() ? new Selected(gap(input), Optional.empty()) : one(input, ordered);
            default -> new Selected(ordered.isEmpty() ? gap(input) : aggregate(input, ordered), Optional.empty());
        };
        return new Selected(onlyIf(input, chosen.reading()), chosen.observed());
    }

    /** What the site chose for an input. */
    static Reading ofSetting(Input input, Setting setting) {
        if (setting.chosen().isEmpty()) {
            var names = input.categories().stream().map(Category::name).toList();
            return gap(input, "the site has not chosen it; set %s to one of %s".formatted(setting.key(), names));
        }
        var chosen = setting.chosen().get();
        return new Reading(
                input.name(),
                input.category(chosen).orElseThrow(),
                List.of(Piece.ofSetting(input.name(), chosen)),
                List.of());
    }

    private Selected one(Input input, List<Observed> ordered) {
        var observed = input.take() == Take.FIRST ? ordered.get(0) : ordered.get(ordered.size() - 1);
        return new Selected(single(input, observed), Optional.of(observed));
    }

    private static Reading exists(Input input, List<Observed> ordered) {
        var answer =
                input.category(ordered.isEmpty() ? Category.NO : Category.YES).orElseThrow();
        return gathered(input, ordered, answer, List.of());
    }

    private static Reading onlyIf(Input input, Reading reading) {
        var wanted = input.onlyIf();
        if (wanted.isEmpty()
                || !(reading.feature() instanceof Feature.Categorical found)
                || found.category().equals(wanted.get())) {
            return reading;
        }
        var reason = "is '%s'; the model is only for '%s'".formatted(found.category(), wanted.get());
        return new Reading(reading.input(), new Feature.Unusable(reason), reading.pieces(), reading.notes());
    }

    /**
     * What was chosen.
     *
     * @param observed the one value that was used; empty if there is none, or several were gathered
     */
    record Selected(Reading reading, Optional<Observed> observed) {}

    private static Reading gap(Input input) {
        var reason = input.window()
                .within()
                .map(window -> "no usable value within " + Window.words(window))
                .orElse("no usable value in the record");
        var after = input.window()
                .after()
                .map(first -> ", %s to %s after %s"
                        .formatted(Window.words(first.least()), Window.words(first.most()), first.input()))
                .orElse("");
        return gap(input, reason + after);
    }

    static Reading gap(Input input, String reason) {
        var feature = input.missing().resolve(reason);
        var notes = feature.number().isPresent() ? List.of("imputed: " + reason) : List.of(reason);
        return new Reading(input.name(), feature, List.of(), notes);
    }

    private Reading single(Input input, Observed observed) {
        var read = interpretation.read(observed, input);
        return new Reading(input.name(), read.feature(), List.of(observed.piece(input.name())), read.notes());
    }

    private Reading aggregate(Input input, List<Observed> ordered) {
        var numbers = new ArrayList<Double>();
        var notes = new ArrayList<String>();
        for (var observed : ordered) {
            var read = interpretation.read(observed, input);
            if (read.feature().number().isEmpty()) {
                return gathered(input, ordered, read.feature(), read.notes());
            }
            numbers.add(read.feature().number().get());
            notes.addAll(read.notes());
        }
        var statistics = numbers.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        var value = switch (input.take()) {
            case MIN -> statistics.getMin();
            case MAX -> statistics.getMax();
            default -> statistics.getAverage();
        };
        return gathered(input, ordered, new Feature.Numeric(value), notes);
    }

    private static Reading gathered(Input input, List<Observed> ordered, Feature feature, List<String> notes) {
        var pieces =
                ordered.stream().map(observed -> observed.piece(input.name())).toList();
        return new Reading(input.name(), feature, pieces, notes);
    }
}
