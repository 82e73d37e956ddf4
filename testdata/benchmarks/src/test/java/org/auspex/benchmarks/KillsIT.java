package org.auspex.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** A short run of what docs/reliability.md shows the figures of; the programs fail if the promise is broken. */
class KillsIT {

    @Test
    void everyStageOfAQuestionSurvivesAKillOnH2() {
        assertThat(run("kills", "worklist", "--database", "h2", "--kills", "6")).contains("promise broken 0 times");
    }

    @Test
    void aProcessThatSleepsThroughItsLeaseWritesNothingTwice() {
        assertThat(run("kills", "asleep")).contains("Asleep at WRITING", "promise broken 0 times");
    }

    private static String run(String... arguments) {
        var said = new StringWriter();
        var exit = Benchmarks.commands()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(arguments);
        assertThat(exit).as(said.toString()).isZero();
        return said.toString();
    }
}
