package org.auspex.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What a clinical write pays for being noticed: Observations stored per second with Auspex and without it. The servers run side
 * by side and are measured in turn, so that both meet the same machine.
 */
@Command(
        name = "ingest",
        description = "Observations stored per second: without Auspex, with questions that wait, with workers at work.",
        mixinStandardHelpOptions = true)
final class IngestBenchmark implements Callable<Integer> {

    private static final int PATIENTS = 50;
    private static final int BUNDLE = 100;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--jar", description = "The server; default ${DEFAULT-VALUE}.")
    private Path jar = Path.of("plugin/server/target/auspex-server.jar");

    @Option(names = "--models", description = "The shipped models; default ${DEFAULT-VALUE}.")
    private Path models = Path.of("testdata/models");

    @Option(names = "--rounds", description = "How often each is measured, in turn; default ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(names = "--observations", description = "Observations of one measurement; default ${DEFAULT-VALUE}.")
    private int observations = 400;

    @Option(names = "--clients", description = "Clients that store at once; default ${DEFAULT-VALUE}.")
    private int clients = 2;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var java = List.of("-Xmx1500m");
        var without = List.of("--spring.autoconfigure.exclude=org.auspex.autoconfigure.AuspexAutoConfiguration");
        try (var none = ServerProcess.start(jar, java, without);
                var waiting = ServerProcess.start(jar, java, ModelFolder.settings(ModelFolder.news2(models, "PT1H")));
                var working = ServerProcess.start(jar, java, ModelFolder.settings(ModelFolder.news2(models, "PT0S")))) {
            var servers = new LinkedHashMap<String, Rest>();
            servers.put("without Auspex", none.rest());
            servers.put("questions are written and wait", waiting.rest());
            servers.put("workers answer them (NEWS2)", working.rest());
            servers.values().forEach(this::admit);
            var table = new Table(
                    out, "", "Observations per second, single", "of without", "in Bundles of 100", "of without");
            var single = measured(servers, this::single);
            var bundled = measured(servers, this::bundled);
            servers.keySet()
                    .forEach(name -> table.row(
                            name,
                            "%.0f".formatted(median(single.getOrDefault(name, List.of()))),
                            "%.2f".formatted(ratio(single, name)),
                            "%.0f".formatted(median(bundled.getOrDefault(name, List.of()))),
                            "%.2f".formatted(ratio(bundled, name))));
        }
        return 0;
    }

    /** Patients with all that NEWS2 wants; the second time warms up what is measured. */
    private void admit(Rest rest) {
        var when = Instant.now().minus(Duration.ofMinutes(30));
        for (int patient = 0; patient < PATIENTS; patient++) {
            rest.post("", Ward.admission("ingest-" + patient, when));
        }
        single(rest);
        bundled(rest);
    }

    private interface Storing {
        /** Stores the Observations of one measurement. */
        void store(Rest rest);
    }

    /** Observations per second of each server, round by round. */
    private Map<String, List<Double>> measured(Map<String, Rest> servers, Storing storing) {
        var rates = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < rounds; round++) {
            servers.forEach((name, rest) -> {
                settle(servers);
                var begun = System.nanoTime();
                storing.store(rest);
                var seconds = (System.nanoTime() - begun) / 1e9;
                rates.computeIfAbsent(name, first -> new ArrayList<>()).add(observations / seconds);
            });
        }
        return rates;
    }

    /** Nobody may still be busy with what was stored before. */
    private static void settle(Map<String, Rest> servers) {
        for (var rest : servers.values()) {
            int before = -1;
            int now = total(rest);
            while (now != before) {
                Rest.pause(Duration.ofMillis(500));
                before = now;
                now = total(rest);
            }
        }
    }

    private static int total(Rest rest) {
        return rest.get("RiskAssessment?_summary=count").path("total").asInt();
    }

    private void single(Rest rest) {
        inParallel(observations, number -> rest.post("", Ward.transaction(List.of(pulse(number)))));
    }

    private void bundled(Rest rest) {
        inParallel(observations / BUNDLE, bundle -> {
            var entries = new ArrayList<Object>();
            for (int i = 0; i < BUNDLE; i++) {
                entries.add(pulse(bundle * BUNDLE + i));
            }
            rest.post("", Ward.transaction(entries));
        });
    }

    private static Object pulse(int number) {
        return Ward.entry(
                "POST", "Observation", Ward.pulse("ingest-" + number % PATIENTS, Instant.now(), 60 + number % 80));
    }

    private void inParallel(int number, java.util.function.IntConsumer work) {
        var next = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(clients);
        try {
            var running = new ArrayList<java.util.concurrent.Future<?>>();
            for (int client = 0; client < clients; client++) {
                running.add(threads.submit(() -> {
                    for (int i = next.getAndIncrement(); i < number; i = next.getAndIncrement()) {
                        work.accept(i);
                    }
                }));
            }
            for (var client : running) {
                client.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("A client failed", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Of the rounds' ratios the median: what the machine did in one round it did to both. */
    private static double ratio(Map<String, List<Double>> rates, String name) {
        var without = rates.getOrDefault("without Auspex", List.of());
        var with = rates.getOrDefault(name, List.of());
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < with.size(); round++) {
            ratios.add(with.get(round) / without.get(round));
        }
        return median(ratios);
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
