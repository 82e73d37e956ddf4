package org.auspex.language.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.DateTimeType;
import org.junit.jupiter.api.Test;

class TimelinessTest {

    private static final Instant WRITTEN = Instant.parse("2024-03-12T08:00:00Z");

    @Test
    void isWithinForEightHours() {
        assertThat(state("2024-03-12T08:00:00+08:00")).isEqualTo("within");
        assertThat(state("2024-03-12T16:00:00+08:00")).isEqualTo("within");
        assertThat(state("2024-03-12T07:59:59+08:00")).isEqualTo("overdue");
    }

    @Test
    void tellsOfADateOnlyWhatIsCertain() {
        assertThat(state("2024-03-12")).isEqualTo("unknown");
        assertThat(state("2024-03")).isEqualTo("unknown");
        assertThat(state("2024-03-09")).isEqualTo("overdue");
        assertThat(state("2023")).isEqualTo("overdue");
    }

    @Test
    void cannotTellWithoutAnAdmissionOrWithOneThatIsYetToCome() {
        assertThat(new Timeliness(Optional.empty(), WRITTEN).state()).isEqualTo("unknown");
        assertThat(state("2024-03-12T16:00:01+08:00")).isEqualTo("unknown");
    }

    @Test
    void isDueEightHoursAfterATimeButNotAfterADate() {
        assertThat(timeliness("2024-03-12T09:40:00+08:00").due()).contains(Instant.parse("2024-03-12T09:40:00Z"));
        assertThat(timeliness("2024-03-12").due()).isEmpty();
    }

    private static String state(String admission) {
        return timeliness(admission).state();
    }

    private static Timeliness timeliness(String admission) {
        return new Timeliness(Optional.of(new DateTimeType(admission)), WRITTEN);
    }
}
