package org.auspex.benchmarks.kills;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.statistics.descriptive.Quantile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills the small process at every stage, again and again, and starts it again on what it left. */
@Command(
        name = "worklist",
        description = "kill -9 of a process that holds only the worklist, at every stage in turn.",
        mixinStandardHelpOptions = true)
final class WorklistKills extends Trial {

    private static final int WRITES = 25;

    @Option(names = "--database", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private TriedDatabase.Kind kind = TriedDatabase.Kind.h2;

    @Option(names = "--kills", description = "How many; default ${DEFAULT-VALUE}.")
    private int kills = 200;

    @Option(names = "--seed", description = "Of the moments that are chosen at random; default ${DEFAULT-VALUE}.")
    private long seed = 1;

    private final Map<Stage, Integer> killed = new EnumMap<>(Stage.class);
    private final List<Duration> recoveries = new ArrayList<>();
    private long leftOpen;

    @Override
    protected void run() {
        var random = new Random(seed);
        try (var database = TriedDatabase.of(kind, folder())) {
            var faster = NodeProcess.fasterStart(database, folder(), log());
            for (int kill = 0; kill < kills; kill++) {
                round(database, kill, random, faster);
            }
            var last = start(database, faster);
            recovered(last);
            last.kill();
            say("%s, %d kills: %s", kind, kills, killed);
            say(
                    "Questions that a kill left open: %d. Recovery, from the start of the next process's workers: p50 %.0f ms, p95 %.0f ms, slowest %.0f ms (lease %s, poll %s)",
                    leftOpen, quantile(0.5), quantile(0.95), quantile(1), Node.LEASE, Node.POLL);
            conclude(database);
        }
    }

    private void round(TriedDatabase database, int kill, Random random, String faster) {
        var stage = Stage.values()[kill % Stage.values().length];
        var node = start(database, faster);
        recovered(node);
        node.write(kill * WRITES, (kill + 1) * WRITES, stage);
        if (stage == Stage.ANYWHERE) {
            Stops.pause(Duration.ofMillis(random.nextInt(400)));
        } else {
            node.await("at " + stage);
        }
        node.kill();
        killed.merge(stage, 1, Integer::sum);
        var promise = new Promise(database.look());
        promise.require(acknowledged(), "after kill %d, at %s".formatted(kill, stage));
        leftOpen += promise.open();
    }

    /** In milliseconds. */
    private double quantile(double probability) {
        return Quantile.withDefaults()
                .evaluate(recoveries.stream().mapToDouble(Duration::toMillis).toArray(), probability);
    }

    private void recovered(NodeProcess node) {
        var taken = node.settle();
        recoveries.add(taken);
        if (taken.compareTo(RECOVERY.multipliedBy(2)) > 0) {
            say("Slow: recovery took %s", taken);
        }
    }
}
