package org.auspex.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From a note that is sent to its stored first course record, and how many of them a minute has. */
@Command(
        name = "summaries",
        description = "Admission notes of 5,000 characters to stored first course records.",
        mixinStandardHelpOptions = true)
final class SummariesBenchmark implements Callable<Integer> {

    private static final String PATIENT = "Patient/bench-notes";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--jar", description = "The server; default ${DEFAULT-VALUE}.")
    private Path jar = Path.of("plugin/server/target/auspex-server.jar");

    @Option(names = "--notes", description = "The admission notes; default ${DEFAULT-VALUE}.")
    private Path notes = Path.of("testdata/notes");

    @Option(names = "--times", description = "Notes for each number of clients; default ${DEFAULT-VALUE}.")
    private int times = 300;

    @Option(names = "--clients", split = ",", description = "Clients at the same time; default ${DEFAULT-VALUE}.")
    private List<Integer> clients = List.of(1, 4);

    @Mixin
    private final Settling settling = new Settling();

    @Override
    public Integer call() throws IOException {
        var texts = texts();
        try (var server = ServerProcess.start(jar, List.of("-Xmx2g"), List.of())) {
            var rest = server.rest();
            rest.put(PATIENT, Map.of("resourceType", "Patient", "id", "bench-notes"));
            settling.await();
            for (int warming = 0; warming < 30; warming++) {
                summarize(rest, texts.get(warming % texts.size()), "warming-" + warming);
            }
            var table =
                    new Table(spec.commandLine().getOut(), "clients", "notes", "p50 ms", "p95 ms", "notes per minute");
            for (int together : clients) {
                row(table, rest, texts, together);
            }
        }
        return 0;
    }

    private List<String> texts() throws IOException {
        try (var files = Files.list(notes)) {
            var texts = new ArrayList<String>();
            for (var file : files.filter(path -> path.getFileName().toString().startsWith("admission-"))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }

    private void row(Table table, Rest rest, List<String> texts, int together) {
        var timings = new Timings();
        var begun = System.nanoTime();
        var workers = Executors.newFixedThreadPool(together);
        try {
            var work = new ArrayList<Callable<Duration>>();
            for (int number = 0; number < times; number++) {
                var text = texts.get(number % texts.size());
                var name = "of-%d-%d".formatted(together, number);
                work.add(() -> summarize(rest, text, name));
            }
            for (var done : workers.invokeAll(work)) {
                timings.add(done.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A note was not summarised", e.getCause());
        } finally {
            workers.shutdownNow();
        }
        var minutes = (System.nanoTime() - begun) / 60e9;
        table.row(
                together,
                timings.count(),
                "%.1f".formatted(timings.quantile(0.5)),
                "%.1f".formatted(timings.quantile(0.95)),
                "%.0f".formatted(times / minutes));
    }

    /** Stores a note of its own, for the same text would find the summary that stands, and asks for its record. */
    private static Duration summarize(Rest rest, String text, String name) {
        var data = Base64.getEncoder().encodeToString((text + "\n" + name).getBytes(StandardCharsets.UTF_8));
        var note = Map.of(
                "resourceType",
                "DocumentReference",
                "status",
                "current",
                "subject",
                Map.of("reference", PATIENT),
                "content",
                List.of(Map.of("attachment", Map.of("contentType", "text/plain; charset=utf-8", "data", data))));
        var start = System.nanoTime();
        var id = rest.create("DocumentReference", note).path("id").asText();
        var answer = rest.post(
                "DocumentReference/%s/$summarize".formatted(id),
                Map.of(
                        "resourceType",
                        "Parameters",
                        "parameter",
                        List.of(
                                Map.of("name", "style", "valueCode", "first-course-record"),
                                Map.of("name", "language", "valueCode", "zh-Hans"))));
        var took = Duration.ofNanos(System.nanoTime() - start);
        var first = answer.path("entry").path(0).path("resource");
        if (!first.path("resourceType").asText().equals("Composition")
                || !first.path("id").isTextual()) {
            throw new IllegalStateException("No summary was stored of note %s".formatted(name));
        }
        return took;
    }
}
