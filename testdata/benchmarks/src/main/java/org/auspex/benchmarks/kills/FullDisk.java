package org.auspex.benchmarks.kills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The disk below an H2 file fills up, and gets space again. */
@Command(
        name = "disk",
        description = "The disk with the H2 file is full for a while. Give it a small file system of its own.",
        mixinStandardHelpOptions = true)
final class FullDisk extends Trial {

    @Option(
            names = "--on",
            required = true,
            description =
                    "A folder on a small file system, such as one made by: mount -t tmpfs -o size=16m tmpfs FOLDER")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path on;

    @Override
    protected void run() {
        try (var database = new TriedDatabase.H2File(on)) {
            var node = start(database);
            node.write(0, 50, Stage.ANYWHERE);
            node.await("written");
            node.settle();
            var ballast = on.resolve("ballast");
            fill(ballast);
            node.write(50, 100_000, Stage.ANYWHERE);
            var refused = node.await("refused", Duration.ofMinutes(2));
            say("The disk is full: %s", refused.orElse("no write was refused"));
            Stops.pause(Duration.ofSeconds(3));
            node.kill();
            free(ballast);
            new Promise(database.look()).require(acknowledged(), "after the disk was full");
            var next = start(database);
            say("With space again, and a restart, all ended after %s", next.settle());
            next.kill();
            conclude(database);
            if (Optional.<String>empty().equals(refused)) {
                throw new IllegalStateException("The file system is too large for this");
            }
        }
    }

    /** Leaves a little, so that it is a write in the middle of work that fails. */
    private static void fill(Path ballast) {
        try (var out = Files.newOutputStream(ballast)) {
            var space = ballast.toFile().getUsableSpace() - 300_000;
            for (long written = 0; written < space; written += 4096) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The disk cannot be filled", e);
        }
    }

    private static void free(Path ballast) {
        try {
            Files.delete(ballast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
