package org.auspex.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.auspex.benchmarks.kills.TriedDatabase;
import org.auspex.kernel.inference.Engines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code Group/[id]/$predict} for cohorts, beside what HAPI itself needs to store the same resources. */
@Command(
        name = "cohort",
        description =
                "Cohorts, read to written, beside HAPI's own transactions of the same resources and beside a peer.",
        mixinStandardHelpOptions = true)
final class CohortBenchmark implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--jar", description = "The server; default ${DEFAULT-VALUE}.")
    private Path jar = Path.of("plugin/server/target/auspex-server.jar");

    @Option(names = "--models", description = "The shipped models; default ${DEFAULT-VALUE}.")
    private Path models = Path.of("testdata/models");

    @Option(names = "--database", description = "h2 or postgresql; default ${DEFAULT-VALUE}.")
    private TriedDatabase.Kind database = TriedDatabase.Kind.h2;

    @Option(names = "--sizes", split = ",", description = "Patients of each cohort; default ${DEFAULT-VALUE}.")
    private List<Integer> sizes = List.of(2_000, 10_000);

    @Option(names = "--sample", description = "Patients for what is compared; default ${DEFAULT-VALUE}.")
    private int sample = 1_024;

    @Option(names = "--block", description = "Patients in one of HAPI's transactions; default ${DEFAULT-VALUE}.")
    private int block = 64;

    @Option(names = "--heap", description = "The server's -Xmx; default ${DEFAULT-VALUE}.")
    private String heap = "2g";

    @Mixin
    private final Settling settling = new Settling();

    @Override
    public Integer call() throws IOException {
        Engines.prepare(Files.createTempDirectory("auspex-benchmark-djl"));
        var out = spec.commandLine().getOut();
        try (var tried = TriedDatabase.of(database, Files.createTempDirectory("auspex-cohort"));
                var server = ServerProcess.start(jar, List.of("-Xmx" + heap), settings(tried));
                var peer = new Peer(server.rest(), Bare.open(models.resolve("coronary-disease/1.0.0/model.pt")))) {
            settling.await();
            var from = 0;
            // What is measured is a server that has been at work for a while.
            var warmUp = new Cohort(from, 500);
            warmUp.load(server.rest());
            warmUp.ask(server.rest(), true, () -> {});
            from += warmUp.size();
            for (var size : sizes) {
                var cohort = new Cohort(from, size);
                cohort.load(server.rest());
                measure(cohort, server, peer, out);
                from += size;
            }
        }
        return 0;
    }

    private List<String> settings(TriedDatabase tried) throws IOException {
        var settings = new ArrayList<>(tried.settings());
        var folder = Files.createTempDirectory("auspex-benchmark-models");
        settings.addAll(ModelFolder.settings(ModelFolder.with(folder, models, "coronary-disease")));
        return settings;
    }

    private void measure(Cohort cohort, ServerProcess server, Peer peer, PrintWriter out) {
        var rest = server.rest();
        var size = cohort.size();
        var before = server.residentMebibytes();
        var most = new long[] {before};
        Runnable memory = () -> most[0] = Math.max(most[0], server.residentMebibytes());
        var read = cohort.ask(rest, false, memory);
        var written = cohort.ask(rest, true, memory);
        if (read.count("done") != size || written.count("done") != size) {
            throw new IllegalStateException("Of %d patients %d were answered, and %d stored"
                    .formatted(size, read.count("done"), written.count("done")));
        }
        out.printf("%n%d patients, in a store of %d%n%n", size, cohort.from() + size);
        var compared = Math.min(sample, size);
        var resources = resources(rest, written.answer(), compared);
        var table = new Table(out, "what", "patients", "patients/s", "by quarters");
        row(table, "cohort, `persist=false`: read and inferred", size, read);
        row(table, "cohort: read, inferred and written", size, written);
        var alone = transactions(rest, resources, 1);
        table.row(
                "HAPI, transactions of %d patients, one client".formatted(block), compared, rate(compared, alone), "");
        var both = transactions(rest, resources, 2);
        table.row("the same, two clients", compared, rate(compared, both), "");
        var reading = time(() -> IntStream.range(cohort.from(), cohort.from() + compared)
                .forEach(patient -> peer.compute(patient, new ArrayList<>())));
        table.row("a process of its own over FHIR REST: read and inferred", compared, rate(compared, reading), "");
        out.printf(
                "%nRead to written is %.0f %% of HAPI's rate with one client, %.0f %% with two. Resident: %d MiB before, %d at most.%n",
                100 * written.perSecond(size) * alone.toNanos() / 1e9 / compared,
                100 * written.perSecond(size) * both.toNanos() / 1e9 / compared,
                before,
                most[0]);
    }

    private static void row(Table table, String what, int size, Cohort.Run run) {
        var quarters = IntStream.range(0, 4)
                .mapToObj(quarter -> "%.0f".formatted(run.perSecond(size, quarter)))
                .toList();
        table.row(what, size, "%.0f".formatted(run.perSecond(size)), String.join(", ", quarters));
    }

    private static String rate(int patients, Duration time) {
        return "%.0f".formatted(patients / (time.toNanos() / 1e9));
    }

    /** What was stored about some of the patients, as a client would send it: one transaction entry list per patient. */
    private static List<List<Object>> resources(Rest rest, JsonNode answer, int patients) {
        var resources = new ArrayList<List<Object>>();
        for (var parameter : answer.at("/entry/0/resource/parameter")) {
            if (parameter.path("name").asText().equals("outcome") && resources.size() < patients) {
                for (var part : parameter.path("part")) {
                    if (part.path("name").asText().equals("result")) {
                        resources.add(entries(
                                rest, part.at("/valueReference/reference").asText()));
                    }
                }
            }
        }
        return resources;
    }

    private static List<Object> entries(Rest rest, String result) {
        var url = "urn:uuid:" + java.util.UUID.randomUUID();
        var risk = asNew(rest.get(result));
        var provenance = asNew(rest.get("Provenance?target=" + result).at("/entry/0/resource"));
        provenance.putArray("target").addObject().put("reference", url);
        return List.of(
                Map.of("fullUrl", url, "resource", risk, "request", Map.of("method", "POST", "url", "RiskAssessment")),
                Ward.entry("POST", "Provenance", provenance));
    }

    private static ObjectNode asNew(JsonNode stored) {
        var resource = (ObjectNode) stored.deepCopy();
        resource.remove("id");
        if (resource.path("meta") instanceof ObjectNode meta) {
            meta.remove(List.of("versionId", "lastUpdated", "source"));
        }
        return resource;
    }

    private Duration transactions(Rest rest, List<List<Object>> resources, int clients) {
        var bundles = new ArrayList<Object>();
        for (int first = 0; first < resources.size(); first += block) {
            bundles.add(Ward.transaction(resources.subList(first, Math.min(resources.size(), first + block)).stream()
                    .flatMap(List::stream)
                    .toList()));
        }
        return time(() -> {
            var threads = Executors.newFixedThreadPool(clients);
            try {
                var posts = bundles.stream()
                        .map(bundle -> (Callable<JsonNode>) () -> rest.post("", bundle))
                        .toList();
                for (var post : threads.invokeAll(posts)) {
                    post.get();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException("HAPI refused a transaction", e);
            } finally {
                threads.shutdown();
            }
        });
    }

    private static Duration time(Runnable work) {
        var begun = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
