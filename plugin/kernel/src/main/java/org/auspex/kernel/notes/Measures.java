package org.auspex.kernel.notes;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Optional;
import org.auspex.terminology.Systems;
import org.auspex.terminology.UnitRefused;
import org.auspex.terminology.Units;

/** Brings the values of tests into the unit that a card asks for, or says why not. */
final class Measures {

    /** Blood pressure, both of its values. */
    static final String BLOOD_PRESSURE = Systems.LOINC + "|85354-9";

    private final Units units;
    private final boolean dated;

    /** @param dated whether the document says when it was written */
    Measures(Units units, boolean dated) {
        this.units = units;
        this.dated = dated;
    }

    Standardised of(NotedFact test, Wanted wanted) {
        var amount = test.amount();
        if (amount.isEmpty() || test.said() == NotedFact.Said.NEGATED) {
            return Standardised.refused(test, Refusal.WITHOUT_VALUE, "no value is written behind it");
        }
        if (test.codes().isEmpty()) {
            return Standardised.refused(
                    test, Refusal.WITHOUT_CODE, "the vocabulary has no code for %s".formatted(test.name()));
        }
        if (!isTimed(test)) {
            return Standardised.refused(
                    test,
                    Refusal.WITHOUT_TIME,
                    dated ? "it is of the past, and no date is written beside it" : "the document has no date");
        }
        if (amount.get().second().isPresent() != test.isCalled(BLOOD_PRESSURE)) {
            return Standardised.refused(
                    test,
                    Refusal.WITHOUT_VALUE,
                    "'%s' is not the number of values that are expected"
                            .formatted(amount.get().written()));
        }
        return converted(test, amount.get(), wanted);
    }

    /** A date of its own, or one that the document's leads to. */
    private boolean isTimed(NotedFact test) {
        return test.time()
                .map(time -> dated || !time.startsWith("-"))
                .orElse(dated && test.said() == NotedFact.Said.PRESENT);
    }

    private Standardised converted(NotedFact test, Amount amount, Wanted wanted) {
        var from = amount.unit().or(() -> wanted.isPure() ? wanted.unit() : Optional.empty());
        if (from.isEmpty()) {
            return Standardised.refused(
                    test,
                    Refusal.WITHOUT_UNIT,
                    "'%s' has no unit that is known; %s is expected"
                            .formatted(amount.written(), wanted.unit().orElse("a unit")));
        }
        var to = wanted.unit().orElse(from.get());
        var numbers = new ArrayList<BigDecimal>();
        for (var number : amount.numbers()) {
            try {
                numbers.add(convert(number, from.get(), to, wanted));
            } catch (UnitRefused e) {
                return Standardised.refused(test, Refusal.NOT_CONVERTIBLE, String.valueOf(e.getMessage()));
            }
        }
        var implausible =
                numbers.stream().filter(number -> !wanted.isPlausible(number)).findFirst();
        if (implausible.isPresent()) {
            return Standardised.refused(
                    test,
                    Refusal.IMPLAUSIBLE,
                    "%s %s is outside of %s".formatted(implausible.get().toPlainString(), to, wanted.range()));
        }
        var second = amount.second().map(unused -> numbers.get(1));
        var written = new Amount(amount.comparator(), numbers.get(0), second, Optional.of(to), amount.written());
        return Standardised.written(test, key(test, written), Optional.of(written));
    }

    private BigDecimal convert(BigDecimal number, String from, String to, Wanted wanted) throws UnitRefused {
        return wanted.substance().isPresent()
                ? units.convert(number, from, to, wanted.substance().get())
                : units.convert(number, from, to);
    }

    private static Standardised.Key key(NotedFact test, Amount amount) {
        var value = amount.comparator()
                + amount.numbers().stream()
                        .map(number -> number.stripTrailingZeros().toPlainString())
                        .toList();
        return new Standardised.Key(
                test.name(), NotedFact.Said.PRESENT, value + "@" + test.time().orElse("note"));
    }
}
