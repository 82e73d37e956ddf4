package org.auspex.commandline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.auspex.kernel.model.CardRefused;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Validates a card and runs its golden cases. */
@Command(
        name = "check",
        description = "Validates a model folder and runs its golden cases.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL_FOLDER", description = "The folder that holds model.yaml.")
    @SuppressWarnings("NullAway.Init")
    private String folder;

    @Option(names = "--home", description = "Where the server writes; default ${DEFAULT-VALUE}.")
    private Path home = Path.of("auspex-home");

    @Override
    public Integer call() throws IOException {
        try (var model = new ModelAt(home).open(folder, Map.of())) {
            var card = model.card();
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s is fit to serve: %d inputs, %s%n",
                            card.id(), card.requirements().inputs().size(), golden(card.folder()));
            return 0;
        } catch (CardRefused e) {
            e.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
            return 1;
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }

    private static String golden(Path folder) throws IOException {
        var cases = folder.resolve("golden");
        if (!java.nio.file.Files.isDirectory(cases)) {
            return "no golden cases: add some, so that nobody serves a broken model";
        }
        try (var files = java.nio.file.Files.list(cases)) {
            return files.filter(file -> file.toString().endsWith(".json")).count() + " golden cases met";
        }
    }
}
