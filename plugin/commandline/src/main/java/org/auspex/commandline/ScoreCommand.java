package org.auspex.commandline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.auspex.commandline.bulk.BulkScoring;
import org.auspex.commandline.bulk.Export;
import org.auspex.kernel.model.CardRefused;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores a bulk export and writes the results as NDJSON. */
@Command(
        name = "score",
        description = "Scores everybody in a bulk export (NDJSON) and writes the results as NDJSON.",
        mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {

    private static final int INCOMPLETE = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", arity = "1..*", description = "Names, name|version, or folders of models.")
    @SuppressWarnings("NullAway.Init")
    private List<String> models;

    @Option(
            names = "--ndjson",
            required = true,
            paramLabel = "FOLDER",
            description = "The export: Patient.ndjson, Observation.ndjson and so on, also gzipped.")
    @SuppressWarnings("NullAway.Init")
    private Path export;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FOLDER",
            description = "Where the results are written; empty or new.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "Only what was known by then counts, as in 2026-01-15T12:00:00Z; default now.")
    private @Nullable String asOf;

    @Option(
            names = "--setting",
            paramLabel = "NAME=VALUE",
            description = "What the site chooses for the models, such as region=low.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--home", description = "Where the server writes; default ${DEFAULT-VALUE}.")
    private Path home = Path.of("auspex-home");

    @Override
    public Integer call() throws IOException {
        var err = spec.commandLine().getErr();
        try (var bench = new ModelAt(home).bench(models, settings)) {
            var report = new BulkScoring(bench.models(), bench.reader(), time()).of(Export.in(export), out);
            spec.commandLine()
                    .getOut()
                    .println(new ObjectMapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(report));
            return report.isComplete() ? 0 : INCOMPLETE;
        } catch (CardRefused e) {
            e.problems().forEach(err::println);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
        }
        return 1;
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
