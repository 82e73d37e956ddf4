package org.auspex.kernel.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Take;

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

    Reading of(Input input, List<Observed> candidates) {
        if (candidates.isEmpty() && input.take() != Take.COUNT) {
            return gap(input);
        }
        var ordered = candidates.stream().sorted(BY_TIME).toList();
        return switch (input.take()) {
            case LATEST -> single(input, ordered.get(ordered.size() - 1));
            case FIRST -> single(input, ordered.get(0));
            case COUNT -> gathered(input, ordered, new Feature.Numeric(ordered.size()), List.of());
            default -> aggregate(input, ordered);
        };
    }

    private static Reading gap(Input input) {
        var reason = input.within()
                .map(window -> "no usable value within " + window)
                .orElse("no usable value in the record");
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
