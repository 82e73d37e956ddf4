package org.auspex.kernel.watch;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import org.auspex.kernel.outcome.RiskWord;

/**
 * A diagnosis that a person made or refuted, of what a version foresees.
 *
 * @param isConfirmed false if it was refuted
 */
public record Diagnosis(Instant when, boolean isConfirmed) {

    /** So long a result is about, where the card names no horizon. */
    private static final Period USUAL = Period.ofDays(30);

    /**
     * Whether it came after a result, within the time that the result is about.
     *
     * @param horizon of the output; empty if the card names none
     */
    public boolean isAbout(Instant result, Optional<Period> horizon) {
        var end = result.atOffset(ZoneOffset.UTC).plus(horizon.orElse(USUAL)).toInstant();
        return when.isAfter(result) && !when.isAfter(end);
    }

    /** Whether it agrees with the word for the risk; empty of a moderate risk, which says neither. */
    public Optional<Boolean> agrees(RiskWord said) {
        return switch (said) {
            case HIGH, CERTAIN -> Optional.of(isConfirmed);
            case NEGLIGIBLE, LOW, LOW_MEDIUM -> Optional.of(!isConfirmed);
            case MODERATE -> Optional.empty();
        };
    }
}
