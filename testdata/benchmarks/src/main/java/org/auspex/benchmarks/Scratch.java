package org.auspex.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Supplier;
import picocli.CommandLine;

/** One folder for all temporary files of a benchmark and of the processes that it starts; a failed one leaves it behind. */
final class Scratch {

    private static final String TEMPORARY = "java.io.tmpdir";

    private Scratch() {}

    /**
     * Runs a command with the folder as its temporary folder, which must be set before the commands are made.
     *
     * @return its exit status
     */
    static int within(Supplier<CommandLine> commands, String... arguments) throws IOException {
        var folder = Files.createDirectory(Path.of(
                System.getProperty(TEMPORARY),
                "auspex-benchmarks-" + ProcessHandle.current().pid()));
        System.setProperty(TEMPORARY, folder.toString());
        var line = commands.get();
        var status = line.execute(arguments);
        if (status == 0) {
            delete(folder);
        } else {
            line.getErr().println("What it left is in " + folder);
        }
        return status;
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be removed", e);
        }
    }
}
