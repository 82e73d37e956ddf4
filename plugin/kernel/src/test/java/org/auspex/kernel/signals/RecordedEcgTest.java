package org.auspex.kernel.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two patients: enough to see that real signals are read, too few to say how well. */
class RecordedEcgTest {

    private static final Path DATA = Path.of("../../../shared/data/ecg");
    private static final double HERTZ = 360;

    @BeforeAll
    static void need() {
        assumeTrue(
                Files.exists(DATA),
                "SKIPPED LOUDLY: no ../shared/data/ecg, so R peaks are not compared with cardiologists'");
    }

    /** Half an hour of MIT-BIH record 100, beats within 150 ms as AAMI EC57 counts them. */
    @Test
    void findsTheBeatsThatCardiologistsFound() throws IOException {
        var seen = Wfdb.beats(DATA.resolve("100.atr"));
        var found = Arrays.stream(RPeaks.of(new Signal(HERTZ, Wfdb.format212(DATA.resolve("100.dat"), 0))))
                .boxed()
                .toList();

        assertThat(seen).hasSize(2273);
        assertThat(share(seen, found)).isGreaterThan(0.998);
        assertThat(share(found, seen)).isGreaterThan(0.998);
    }

    private static double share(List<Integer> of, List<Integer> in) {
        return of.stream()
                        .filter(one -> in.stream().anyMatch(other -> Math.abs(one - other) <= 0.15 * HERTZ))
                        .count()
                / (double) of.size();
    }

    /** 38 s of a patient with an infarction, twelve leads of one heart. */
    @Test
    void countsTheSameInEveryLead() throws IOException {
        var first = rhythm(0);
        for (int lead = 0; lead < 12; lead++) {
            assertThat(rhythm(lead).rate()).as("lead %d", lead).isCloseTo(first.rate(), within(1.0));
        }
        assertThat(first.rate()).isBetween(70.0, 100.0);
        assertThat(first.quality()).isGreaterThan(0.8);
    }

    private static Rhythm rhythm(int lead) throws IOException {
        return Rhythm.of(new Signal(1000, Wfdb.format16(DATA.resolve("s0010_re.dat"), lead, 12)))
                .orElseThrow();
    }
}
