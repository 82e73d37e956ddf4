package org.auspex.benchmarks;

import java.io.IOException;
import org.auspex.benchmarks.kills.Kills;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar auspex-benchmarks.jar predict}: every benchmark is a command. */
@Command(
        name = "auspex-benchmarks.jar",
        description = "Measures Auspex; docs/performance.md says what and how.",
        subcommands = {
            PredictBenchmark.class,
            PeerBenchmark.class,
            CohortBenchmark.class,
            BulkBenchmark.class,
            EnginesBenchmark.class,
            IngestBenchmark.class,
            LatencyBenchmark.class,
            NodesBenchmark.class,
            StudiesBenchmark.class,
            AdaptBenchmark.class,
            SummariesBenchmark.class
        },
        mixinStandardHelpOptions = true)
public final class Benchmarks {

    private Benchmarks() {}

    /** Exits with 0 if the benchmark was run to its end. */
    public static void main(String[] arguments) throws IOException {
        System.exit(Scratch.within(Benchmarks::commands, arguments));
    }

    /** All of them; what kills the whole server needs the tools of this package, and joins the other kills here. */
    static CommandLine commands() {
        return new CommandLine(new Benchmarks())
                .addSubcommand(new CommandLine(new Kills()).addSubcommand(new ServerKills()));
    }
}
