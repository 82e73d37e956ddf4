package org.auspex.kernel.evidence;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Source;
import org.auspex.terminology.UnitRefused;
import org.auspex.terminology.Units;

/** Turns one value of the record into a feature: units converted or refused, categories recognised, ranges kept. */
final class Interpretation {

    /** Beyond this a decimal is no measurement, and converting it could cost more memory than there is. */
    private static final int MOST_DIGITS = 400;

    private static final MathContext SHOWN = new MathContext(6);

    private static final Pattern WRITTEN_NUMBER =
            Pattern.compile("\\s*(<=|>=|<|>|≤|≥)?\\s*([0-9]{1,20}(?:\\.[0-9]{1,20})?)\\s*(\\S.{0,40})?\\s*");

    private final Units units;
    private final Vocabulary vocabulary;

    Interpretation(Units units, Vocabulary vocabulary) {
        this.units = units;
        this.vocabulary = vocabulary;
    }

    Interpreted read(Observed observed, Input input) {
        if (observed.value() instanceof Value.Unreadable unreadable) {
            return Interpreted.unusable(unreadable.reason());
        }
        if (observed.value() instanceof Value.Noted noted) {
            return new Interpreted(
                    new Feature.Noted(noted.note().at(written(observed), observed.reference())), List.of());
        }
        if (observed.value() instanceof Value.Text text) {
            return new Interpreted(new Feature.Narrated(text.sentences()), List.of());
        }
        return observed.value() instanceof Value.Stated stated
                ? read(stated.value(), observed.source(), input).noting(stated.quote())
                : read(observed.value(), observed.source(), input);
    }

    private static Optional<Instant> written(Observed document) {
        return Optional.of(document.effective().start()).filter(start -> start.isAfter(Instant.MIN));
    }

    private Interpreted read(Value found, Source source, Input input) {
        var value = source.unit().isPresent() ? asNumber(found) : found;
        if (value instanceof Value.Measured measured && source.unit().isPresent()) {
            return measured(measured, source, input);
        }
        if (input.isCategorical()) {
            return categorical(value, input);
        }
        return Interpreted.unusable("'%s' is no number; one in %s is expected"
                .formatted(value.shown(), source.unit().orElse("1")));
    }

    private Interpreted measured(Value.Measured measured, Source source, Input input) {
        var wanted = source.unit().orElseThrow();
        var pure = wanted.equals("1") || wanted.startsWith("{");
        if (measured.unit().isEmpty() && (!pure || !measured.writtenUnit().isBlank())) {
            return Interpreted.unusable(
                    measured.writtenUnit().isBlank()
                            ? "%s%s has no unit; %s is expected"
                                    .formatted(
                                            measured.comparator(),
                                            measured.number().toEngineeringString(),
                                            wanted)
                            : "unit '%s' is no UCUM unit; %s is expected".formatted(measured.writtenUnit(), wanted));
        }
        if (Math.abs((long) measured.number().scale()) + measured.number().precision() > MOST_DIGITS
                || !Double.isFinite(measured.number().doubleValue())) {
            var shown = measured.number().round(SHOWN).stripTrailingZeros();
            return Interpreted.unusable("%s is no possible measurement".formatted(shown));
        }
        try {
            var converted = converted(measured, source, wanted);
            return inRange(converted, notes(measured, converted, wanted), source, input);
        } catch (UnitRefused e) {
            return Interpreted.unusable(e.getMessage());
        }
    }

    private BigDecimal converted(Value.Measured measured, Source source, String wanted) throws UnitRefused {
        var found = measured.unit().orElse(wanted);
        return source.substance().isPresent()
                ? units.convert(
                        measured.number(), found, wanted, source.substance().get())
                : units.convert(measured.number(), found, wanted);
    }

    /** A number that a laboratory sent as text, such as {@code >90 mL/min/{1.73_m2}}; any other value as it is. */
    private Value asNumber(Value value) {
        if (!(value instanceof Value.Words words)) {
            return value;
        }
        var written = WRITTEN_NUMBER.matcher(words.text());
        if (!written.matches()) {
            return value;
        }
        var comparator = Optional.ofNullable(written.group(1))
                .orElse("")
                .replace("≤", "<=")
                .replace("≥", ">=");
        var unit = Optional.ofNullable(written.group(3)).orElse("").strip();
        return new Value.Measured(new BigDecimal(written.group(2)), comparator, units.code(unit), unit);
    }

    private static Interpreted inRange(BigDecimal converted, List<String> notes, Source source, Input input) {
        var implausible = source.implausible(converted);
        if (implausible.isPresent()) {
            return Interpreted.unusable(implausible.get());
        }
        var number = converted.doubleValue();
        var feature = source.above()
                .flatMap(limit -> input.category(number > limit ? Category.YES : Category.NO))
                .orElseGet(() -> new Feature.Numeric(number));
        return new Interpreted(feature, notes);
    }

    private static List<String> notes(Value.Measured measured, BigDecimal converted, String wanted) {
        var notes = new ArrayList<String>();
        if (!measured.comparator().isEmpty()) {
            notes.add("reported as %s%s, used at the bound".formatted(measured.comparator(), measured.number()));
        }
        if (!measured.unit().orElse(wanted).equals(wanted)) {
            notes.add("converted from %s to %s %s".formatted(measured.shown(), converted.toPlainString(), wanted));
        }
        return notes;
    }

    private Interpreted categorical(Value value, Input input) {
        for (int index = 0; index < input.categories().size(); index++) {
            var category = input.categories().get(index);
            if (means(category, value)) {
                return new Interpreted(new Feature.Categorical(category.name(), index), List.of());
            }
        }
        return Interpreted.unusable("'%s' is none of the answers %s; their codes are on the model's page"
                .formatted(
                        value.shown(),
                        input.categories().stream().map(Category::name).toList()));
    }

    private boolean means(Category category, Value value) {
        if (value instanceof Value.Coded coded) {
            return coded.codes().stream()
                    .flatMap(code -> vocabulary.meanings(code).stream())
                    .anyMatch(found -> category.codes().stream().anyMatch(wanted -> wanted.matches(found))
                            || category.valueSets().stream().anyMatch(set -> vocabulary.isMember(set, found)));
        }
        if (value instanceof Value.Words words) {
            return category.texts().stream()
                    .anyMatch(text -> text.equalsIgnoreCase(words.text().strip()));
        }
        return value instanceof Value.Truth truth && category.name().equals(truth.shown());
    }

    /** A feature and what was done to the value on the way. */
    record Interpreted(Feature feature, List<String> notes) {

        /** The same, saying first what it was read from. */
        Interpreted noting(String first) {
            var all = new ArrayList<>(List.of(first));
            all.addAll(notes);
            return new Interpreted(feature, all);
        }

        static Interpreted unusable(@org.jspecify.annotations.Nullable String reason) {
            return new Interpreted(
                    new Feature.Unusable(Optional.ofNullable(reason).orElse("cannot be read")), List.of());
        }
    }
}
