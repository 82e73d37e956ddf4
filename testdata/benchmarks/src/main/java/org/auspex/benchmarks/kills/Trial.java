package org.auspex.benchmarks.kills;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One way to make processes die, in a folder of its own. */
public abstract class Trial implements Callable<Integer> {

    /** A lease and a poll is how long work of the dead may lie; the rest is the work itself, on a busy machine. */
    static final Duration RECOVERY = Node.LEASE.plus(Node.POLL);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final Set<String> acknowledged = NodeProcess.nothingAcknowledged();
    private final Path folder = newFolder();

    /** Throws if the promise is broken. */
    protected abstract void run();

    @Override
    public final Integer call() {
        run();
        return 0;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    protected final void say(String line, Object... values) {
        out().printf(line + "%n", values);
        out().flush();
    }

    protected final Path folder() {
        return folder;
    }

    Path log() {
        return folder.resolve("processes.log");
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    NodeProcess start(TriedDatabase database, String... java) {
        return NodeProcess.start(database, acknowledged, log(), java);
    }

    /** Counts once more from outside, with nothing open, and prints what there is. */
    void conclude(TriedDatabase database) {
        var promise = new Promise(database.look());
        promise.require(acknowledged, "at the end");
        if (promise.open() != 0) {
            throw new IllegalStateException(promise.open() + " questions are still open");
        }
        say(
                "Acknowledged writes %d; questions done %d, abstained %d, failed and shown %d, open 0; promise broken 0 times",
                acknowledged.size(), promise.in("done"), promise.in("abstained"), promise.in("failed"));
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("auspex-kills");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
