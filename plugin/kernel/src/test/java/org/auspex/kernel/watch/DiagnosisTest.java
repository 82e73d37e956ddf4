package org.auspex.kernel.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.Period;
import java.util.Optional;
import org.auspex.kernel.outcome.RiskWord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {

    private static final Instant RESULT = Instant.parse("2026-01-10T10:00:00Z");

    @ParameterizedTest
    @CsvSource({"HIGH, true", "CERTAIN, true", "LOW, false", "LOW_MEDIUM, false", "NEGLIGIBLE, false"})
    void agreesWithAHighRiskIfItIsMadeAndWithALowOneIfItIsRefuted(RiskWord said, boolean foreseen) {
        assertThat(diagnosis(60, true).agrees(said)).contains(foreseen);
        assertThat(diagnosis(60, false).agrees(said)).contains(!foreseen);
    }

    @Test
    void aModerateRiskSaysNeither() {
        assertThat(diagnosis(60, true).agrees(RiskWord.MODERATE)).isEmpty();
    }

    @Test
    void countsOnlyAfterTheResultAndWithinItsTime() {
        var day = 86_400;

        assertThat(diagnosis(-60, true).isAbout(RESULT, Optional.empty())).isFalse();
        assertThat(diagnosis(0, true).isAbout(RESULT, Optional.empty())).isFalse();
        assertThat(diagnosis(30 * day, true).isAbout(RESULT, Optional.empty())).isTrue();
        assertThat(diagnosis(31 * day, true).isAbout(RESULT, Optional.empty())).isFalse();
        assertThat(diagnosis(31 * day, true).isAbout(RESULT, Optional.of(Period.ofYears(1))))
                .isTrue();
        assertThat(diagnosis(2 * day, true).isAbout(RESULT, Optional.of(Period.ofDays(1))))
                .isFalse();
    }

    private static Diagnosis diagnosis(long secondsAfter, boolean isConfirmed) {
        return new Diagnosis(RESULT.plusSeconds(secondsAfter), isConfirmed);
    }
}
