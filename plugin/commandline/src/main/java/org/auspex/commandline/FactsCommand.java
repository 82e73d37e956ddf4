package org.auspex.commandline;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.auspex.kernel.ServingModel;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.outcome.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reports how what documents name would be standardised: one line of JSON for each fact, written or refused. */
@Command(
        name = "facts",
        description =
                "Reports for each fact of each document (NDJSON of DocumentReferences) what it becomes, as JSON lines.",
        mixinStandardHelpOptions = true)
final class FactsCommand implements Callable<Integer> {

    private static final int INCOMPLETE = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "One DocumentReference on each line.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "A model of engine kind facts: its name, name|version or folder; default ${DEFAULT-VALUE}.")
    private String model = "note-facts";

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "Only documents that were known by then count, as in 2026-01-15T12:00:00Z; default now.")
    private @Nullable String asOf;

    @Option(names = "--home", description = "Where the server writes; default ${DEFAULT-VALUE}.")
    private Path home = Path.of("auspex-home");

    @Override
    public Integer call() throws IOException {
        var err = spec.commandLine().getErr();
        var models = new ModelAt(home);
        try (var serving = models.open(model, Map.of());
                var lines = Files.lines(file)) {
            requireFacts(serving);
            var reports = new FactReports(serving, models.reader(), time(), FhirContext.forR4Cached());
            var counts = new TreeMap<String, Long>();
            var number = 0;
            for (var line : (Iterable<String>) lines::iterator) {
                number++;
                if (!line.isBlank()) {
                    for (var report : reports.of(line, number)) {
                        spec.commandLine().getOut().println(JSON.writeValueAsString(report));
                        counts.merge(String.valueOf(report.get("outcome")), 1L, Long::sum);
                    }
                }
            }
            err.println(JSON.writeValueAsString(counts));
            return counts.containsKey(FactReports.UNREADABLE) ? INCOMPLETE : 0;
        } catch (CardRefused e) {
            e.problems().forEach(err::println);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
        } catch (java.nio.file.NoSuchFileException e) {
            err.println("'%s' is not there; name a file with one DocumentReference on each line".formatted(file));
        }
        return 1;
    }

    private static void requireFacts(ServingModel serving) {
        if (!serving.card().predicts() || serving.card().output().kind() != Output.Kind.FACTS) {
            throw new IllegalArgumentException("%s does not write down facts; name a model with engine: {kind: facts}"
                    .formatted(serving.card().id()));
        }
    }

    private Instant time() {
        try {
            return asOf == null ? Instant.now() : Instant.parse(asOf);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "--as-of '%s' is no time; write it as 2026-01-15T12:00:00Z".formatted(asOf), e);
        }
    }
}
