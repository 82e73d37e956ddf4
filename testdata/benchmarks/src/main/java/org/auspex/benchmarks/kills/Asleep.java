package org.auspex.benchmarks.kills;

import java.time.Duration;
import picocli.CommandLine.Command;

/** Two processes on one PostgreSQL; one sleeps through its lease at every stage, the other goes on, the first wakes up. */
@Command(
        name = "asleep",
        description = "One of two processes is stopped (SIGSTOP) past its lease, and continued.",
        mixinStandardHelpOptions = true)
final class Asleep extends Trial {

    private static final int WRITES = 10;

    @Override
    protected void run() {
        try (var database = new TriedDatabase.Postgres(folder())) {
            var other = start(database);
            other.settle();
            int from = 0;
            for (var stage : new Stage[] {Stage.CLAIMED, Stage.INFERRING, Stage.COMPUTED, Stage.WRITING}) {
                round(database, other, stage, from);
                from += WRITES;
            }
            other.kill();
            conclude(database);
        }
    }

    private void round(TriedDatabase database, NodeProcess other, Stage stage, int from) {
        // The other sleeps first, so that it is this one that claims.
        other.sleep();
        var sleeper = start(database);
        sleeper.write(from, from + WRITES, stage);
        sleeper.await("at " + stage);
        sleeper.sleep();
        other.wake();
        var begun = System.nanoTime();
        other.settle();
        var taken = Duration.ofNanos(System.nanoTime() - begun);
        sleeper.wake();
        Stops.pause(Node.LEASE.plus(Duration.ofSeconds(1)));
        new Promise(database.look()).require(acknowledged(), "after a sleep at " + stage);
        say("Asleep at %s: the other has answered everything after %d ms", stage, taken.toMillis());
        sleeper.kill();
    }
}
