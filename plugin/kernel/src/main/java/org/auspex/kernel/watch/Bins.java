package org.auspex.kernel.watch;

import java.util.Optional;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Range;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.model.Distribution;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Training;
import org.auspex.kernel.outcome.Outcome;

/**
 * In which bin a value is counted: that of the training where the card tells it; else the category, one of twenty between the ends of the
 * input's range, or the power of two that it lies under.
 */
final class Bins {

    private static final int EQUAL = 20;
    private static final int TENTHS = 10;

    private final ModelCard card;

    Bins(ModelCard card) {
        this.card = card;
    }

    /** Empty for images and whole documents. */
    Optional<String> of(Input input, Feature feature) {
        if (feature instanceof Feature.Pictured || feature instanceof Feature.Noted) {
            return Optional.empty();
        }
        var number = feature.number();
        if (number.isEmpty()) {
            return Optional.of(Count.MISSING);
        }
        var trained = card.training().flatMap(training -> training.input(input.name()));
        if (trained.isPresent()) {
            return trained.get().bin(number.get()).map(String::valueOf);
        }
        if (input.isCategorical()) {
            return Optional.of(String.valueOf(number.get().intValue()));
        }
        var range = input.sources().stream()
                .flatMap(source -> source.range().stream())
                .findFirst();
        return Optional.of(range.map(ends -> between(ends, number.get())).orElseGet(() -> power(number.get())));
    }

    /** Of a probability or points; empty of what has no number. */
    Optional<String> of(Outcome outcome) {
        return outcome.value()
                .flatMap(value -> card.training()
                        .flatMap(Training::output)
                        .flatMap((Distribution trained) -> trained.bin(value).map(String::valueOf))
                        .or(() -> Optional.of(
                                outcome instanceof Outcome.Score
                                        ? String.valueOf(Math.round(value))
                                        : String.valueOf(Math.min((int) (value * TENTHS), TENTHS - 1)))));
    }

    private static String between(Range range, double number) {
        var share = (number - range.low()) / (range.high() - range.low());
        return String.valueOf((int) Math.min(Math.max(share * EQUAL, 0), EQUAL - 1));
    }

    private static String power(double number) {
        var power = number == 0 ? 0 : Math.max(Math.getExponent(number), -EQUAL) + EQUAL + 1;
        return (number < 0 ? "-" : "") + power;
    }

    /** How the card's first source names its unit; empty for what has none. */
    static Optional<String> unit(Input input) {
        return input.sources().stream().findFirst().flatMap(Source::unit);
    }
}
