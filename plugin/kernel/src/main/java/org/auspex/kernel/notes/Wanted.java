package org.auspex.kernel.notes;

import java.math.BigDecimal;
import java.util.Optional;
import org.auspex.terminology.Substance;

/**
 * What of a document a card wants written down.
 *
 * @param kind all of a kind; empty if one thing is named
 * @param fact one thing, by its name in the vocabulary or as {@code system|code}
 * @param unit of a test: the UCUM unit it is written in; empty = as the document gives it
 * @param substance that converts between mass and moles
 * @param low least plausible value in that unit
 * @param high greatest plausible value in that unit
 */
public record Wanted(
        Optional<NotedFact.Kind> kind,
        Optional<String> fact,
        Optional<String> unit,
        Optional<Substance> substance,
        Optional<BigDecimal> low,
        Optional<BigDecimal> high) {

    boolean means(NotedFact noted) {
        return fact.map(noted::isCalled).orElse(kind.equals(Optional.of(noted.kind())));
    }

    /** Whether a value without a unit is one in the wanted unit. */
    boolean isPure() {
        return unit.filter(wanted -> wanted.equals("1") || wanted.startsWith("{"))
                .isPresent();
    }

    boolean isPlausible(BigDecimal number) {
        return low.map(least -> number.compareTo(least) >= 0).orElse(true)
                && high.map(most -> number.compareTo(most) <= 0).orElse(true);
    }

    /** Its range in words. */
    String range() {
        return "%s to %s %s"
                .formatted(
                        low.map(BigDecimal::toPlainString).orElse("any"),
                        high.map(BigDecimal::toPlainString).orElse("any"),
                        unit.orElse(""))
                .strip();
    }
}
