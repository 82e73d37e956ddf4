package org.auspex.benchmarks.kills;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops PostgreSQL while a process writes and works, and starts it again. */
@Command(
        name = "outage",
        description = "PostgreSQL is stopped in the middle of work and started again.",
        mixinStandardHelpOptions = true)
final class Outage extends Trial {

    @Option(names = "--seconds", description = "How long it is away; default ${DEFAULT-VALUE}.")
    private int seconds = 30;

    @Override
    protected void run() {
        try (var database = new TriedDatabase.Postgres(folder())) {
            var node = start(database);
            node.write(0, 100_000, Stage.ANYWHERE);
            node.await("committed o200");
            database.close();
            Stops.pause(Duration.ofSeconds(seconds));
            database.start();
            var begun = System.nanoTime();
            node.await("refused");
            node.await("committed");
            say("%s away; the first write goes through after %d ms", Duration.ofSeconds(seconds), millis(begun));
            // What was open when it went away must be answered, though new writes keep coming.
            var last = new Promise(database.look()).open();
            Stops.pause(Duration.ofSeconds(5));
            node.kill();
            new Promise(database.look()).require(acknowledged(), "after the outage");
            var next = start(database);
            say("Open after the outage: %d; the rest settled in %s after a kill", last, next.settle());
            next.kill();
            conclude(database);
        }
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }
}
