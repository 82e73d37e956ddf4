package org.auspex.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the command line makes of exports of growing size: patients per second, and whether its memory grows with them. */
@Command(
        name = "bulk",
        description = "Scores bulk exports (NDJSON) of growing size at the command line: speed, growth, memory.",
        mixinStandardHelpOptions = true)
final class BulkBenchmark implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--jar", description = "The server, which has the commands too; default ${DEFAULT-VALUE}.")
    private Path jar = Path.of("plugin/server/target/auspex-server.jar");

    @Option(names = "--patients", split = ",", description = "Patients of each export; default ${DEFAULT-VALUE}.")
    private List<Integer> patients = List.of(2_000, 10_000, 50_000);

    @Option(names = "--models", split = ",", description = "Who scores them; default ${DEFAULT-VALUE}.")
    private List<String> models = List.of("news2");

    @Option(names = "--heap", description = "The command's -Xmx; default ${DEFAULT-VALUE}.")
    private String heap = "512m";

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var table = new Table(
                out, "patients", "lines read", "results", "seconds", "patients per second", "peak memory MiB");
        for (var number : patients) {
            var folder = Files.createTempDirectory("auspex-bulk");
            try {
                row(table, number, folder);
            } finally {
                Peaks.delete(folder);
            }
        }
        return 0;
    }

    private void row(Table table, int number, Path folder) throws Exception {
        var export = Files.createDirectory(folder.resolve("export"));
        var now = Instant.now();
        var lines = write(export, number, now.minus(Duration.ofHours(1)));
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-jar",
                jar.toString()));
        command.add("score");
        command.addAll(models);
        command.addAll(List.of(
                "--ndjson", export.toString(),
                "--out", folder.resolve("out").toString(),
                "--as-of", now.toString(),
                "--home", folder.resolve("home").toString()));
        var answer = folder.resolve("answer.json");
        var process = new ProcessBuilder(command)
                .redirectOutput(answer.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var peak = Peaks.of(process);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("score ended with " + process.exitValue());
        }
        JsonNode report = JSON.readTree(answer.toFile());
        var seconds = report.path("seconds").asDouble();
        table.row(
                number,
                lines,
                report.at("/written/RiskAssessment").asInt(),
                "%.1f".formatted(seconds),
                "%.0f".formatted(number / seconds),
                peak);
    }

    /** Every patient's lines lie far apart, as in an export. */
    private static long write(Path export, int number, Instant when) throws IOException {
        long lines = 0;
        try (var patients = Files.newBufferedWriter(export.resolve("Patient.ndjson"));
                var observations = Files.newBufferedWriter(export.resolve("Observation.ndjson"))) {
            for (int patient = 0; patient < number; patient++) {
                line(patients, Ward.patient("p" + patient));
                lines++;
            }
            var kinds = Ward.vitals("p", when).size();
            for (int kind = 0; kind < kinds; kind++) {
                for (int patient = 0; patient < number; patient++) {
                    var observation =
                            new TreeMap<>(Ward.vitals("p" + patient, when).get(kind));
                    observation.put("id", "o%d-%d".formatted(patient, kind));
                    observation.put("meta", Map.of("versionId", "1"));
                    line(observations, observation);
                    lines++;
                }
            }
        }
        return lines;
    }

    private static void line(BufferedWriter file, Object resource) throws IOException {
        file.write(JSON.writeValueAsString(resource));
        file.newLine();
    }

    /** The most memory that a process ever had resident. */
    private static final class Peaks {

        private Peaks() {}

        /** Looks until the process has ended. */
        static long of(Process process) throws IOException, InterruptedException {
            var status = Path.of("/proc", String.valueOf(process.pid()), "status");
            long peak = 0;
            while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
                if (Files.exists(status)) {
                    peak = Math.max(peak, highWater(status));
                }
            }
            return peak;
        }

        private static long highWater(Path status) throws IOException {
            try (var lines = Files.lines(status)) {
                return lines.filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                        .findFirst()
                        .orElse(0);
            } catch (java.nio.file.NoSuchFileException | java.io.UncheckedIOException e) {
                // It ended between two looks.
                return 0;
            }
        }

        static void delete(Path folder) throws IOException {
            try (var files = Files.walk(folder)) {
                for (var file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
