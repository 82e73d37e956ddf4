package org.auspex.benchmarks.kills;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A model that hangs on one patient, and one that eats all memory and takes the process with it, however often it starts. */
@Command(
        name = "models",
        description = "A model hangs, and a model exhausts memory, on one value; the others are to be answered.",
        mixinStandardHelpOptions = true)
final class BadModels extends Trial {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Option(names = "--database", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private TriedDatabase.Kind kind = TriedDatabase.Kind.h2;

    @Override
    protected void run() {
        try (var database = TriedDatabase.of(kind, folder())) {
            hangs(database);
            eatsMemory(database);
            conclude(database);
        }
    }

    private void hangs(TriedDatabase database) {
        var node = start(database);
        node.write(0, 20, Stage.ANYWHERE);
        node.await("written");
        node.write(20, 21, TrivialModel.HANGS + 1);
        node.await("written");
        say("A model that hangs on one of 6 patients: all ended after %s", node.settle());
        node.kill();
        ended(database, "a model that hangs", 1);
    }

    /** The processes end by themselves when memory runs out; somebody starts them again, as in a data centre. */
    private void eatsMemory(TriedDatabase database) {
        var deaths = 0;
        var begun = System.nanoTime();
        var node = start(database, "-Xmx128m", "-XX:+ExitOnOutOfMemoryError");
        node.write(21, 22, TrivialModel.EATS_MEMORY + 1);
        node.write(25, 40, Stage.ANYWHERE);
        while (true) {
            if (node.await("ready or dead", Duration.ofMillis(200)).isEmpty() && !node.isAlive()) {
                deaths++;
                new Promise(database.look()).require(acknowledged(), "after death %d".formatted(deaths));
                if (new Promise(database.look()).open() == 0 || System.nanoTime() - begun > PATIENCE.toNanos()) {
                    break;
                }
                node = NodeProcess.launch(database, acknowledged(), log(), "-Xmx128m", "-XX:+ExitOnOutOfMemoryError");
            } else if (deaths >= Node.ATTEMPTS && settled(node)) {
                break;
            }
        }
        node.kill();
        say(
                "A model that exhausts memory: the process died %d times; all ended after %s",
                deaths, Duration.ofNanos(System.nanoTime() - begun).truncatedTo(ChronoUnit.SECONDS));
        ended(database, "a model that exhausts memory", 2);
    }

    private static boolean settled(NodeProcess node) {
        node.order("wait");
        return node.await("settled", Duration.ofSeconds(20)).isPresent();
    }

    private void ended(TriedDatabase database, String what, int failed) {
        var promise = new Promise(database.look());
        promise.require(acknowledged(), "with " + what);
        if (promise.open() != 0 || promise.in("failed") != failed) {
            throw new IllegalStateException("With %s: %s".formatted(what, TriedDatabase.states(database.look())));
        }
    }
}
