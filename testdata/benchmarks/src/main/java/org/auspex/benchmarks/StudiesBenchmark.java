package org.auspex.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A study from the archive to its stored Segmentation and report, by {@code $predict} and by a script, study by study in turn. */
@Command(
        name = "studies",
        description =
                "One ultrasound study, archive to stored Segmentation and report, by $predict and by a Python script.",
        mixinStandardHelpOptions = true)
final class StudiesBenchmark implements Callable<Integer> {

    private static final List<String> STAGES = List.of("read", "before", "network", "after", "store");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--jar", description = "The server; default ${DEFAULT-VALUE}.")
    private Path jar = Path.of("plugin/server/target/auspex-server.jar");

    @Option(names = "--models", description = "The shipped models; default ${DEFAULT-VALUE}.")
    private Path models = Path.of("testdata/models");

    @Option(names = "--script", description = "The script beside us; default ${DEFAULT-VALUE}.")
    private Path script = Path.of("testdata/benchmarks/peers/study.py");

    @Option(names = "--python", description = "With pydicom and PyTorch; default ${DEFAULT-VALUE}.")
    private String python = "python3";

    @Option(names = "--model", description = "breast-ultrasound or breast-ultrasound-light; default ${DEFAULT-VALUE}.")
    private String model = "breast-ultrasound";

    @Option(names = "--studies", description = "Studies; a third warms up; default ${DEFAULT-VALUE}.")
    private int studies = 30;

    @Mixin
    private final Settling settling = new Settling();

    @Option(
            names = "--threads",
            description = "Of our network; the script's takes every core; default ${DEFAULT-VALUE}.")
    private int threads = 2;

    private final Timings ours = new Timings();
    private final Timings unwritten = new Timings();
    private final Timings theirs = new Timings();
    private final Map<String, Timings> stages = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        var weights = models.resolve(model).resolve("1.0.0");
        var images = Files.createTempDirectory("auspex-studies");
        var command = List.of(python, script.toString());
        ScriptPeer.make(command, weights, studies, images);
        var settings = new ArrayList<>(ModelFolder.settings(ModelFolder.silent(models, model)));
        settings.add("--auspex.dicom.quiet=PT0.2S");
        settings.add("--auspex.dicom.patient-systems[WARD 1]=urn:oid:2.16.840.1.1");
        try (var server =
                ServerProcess.start(jar, List.of("-Xmx2g", "-Dai.djl.pytorch.num_threads=" + threads), settings)) {
            settling.await();
            for (int study = 0; study < studies; study++) {
                server.rest().put(patient(study), demographics(study));
            }
            try (var peer = new ScriptPeer(command, weights, server.address())) {
                measure(new StudyServer(server, model), peer, images);
            }
        }
        return 0;
    }

    private void measure(StudyServer server, ScriptPeer peer, Path images) throws IOException {
        for (int study = 0; study < studies; study++) {
            server.store(Files.readAllBytes(images.resolve(study + ".dcm")));
        }
        var calls = server.computed();
        for (int study = 0; study < studies; study++) {
            if (study == studies / 3) {
                calls = server.computed();
            }
            turn(server, peer, study);
        }
        print(server.computed().since(calls));
    }

    /** Both, who begins by turns, on the same study. */
    private void turn(StudyServer server, ScriptPeer peer, int study) {
        var uid = "2.25.7" + study;
        var reference = server.reference(uid);
        var counts = study >= studies / 3;
        var pixels = new double[2];
        for (int turn = 0; turn < 2; turn++) {
            if ((study + turn) % 2 == 0) {
                timed(unwritten, counts, () -> server.predict(reference, false));
                timed(ours, counts, () -> pixels[0] = pixels(server.predict(reference, true)));
            } else {
                var answer = new JsonNode[1];
                timed(theirs, counts, () -> answer[0] = peer.predict(uid, patient(study), reference));
                pixels[1] = answer[0].path("pixels").asDouble();
                for (var stage : STAGES) {
                    if (counts) {
                        stages.computeIfAbsent(stage, name -> new Timings()).add(Duration.ofNanos((long)
                                (1e6 * answer[0].path(stage).asDouble())));
                    }
                }
            }
        }
        if (!(Math.abs(pixels[0] - pixels[1]) <= 0.03 * pixels[1])) {
            throw new IllegalStateException("Study %d: %.0f pixels by $predict, %.0f by the script: no equal work"
                    .formatted(study, pixels[0], pixels[1]));
        }
    }

    private static void timed(Timings timings, boolean counts, Runnable work) {
        if (counts) {
            timings.time(work);
        } else {
            work.run();
        }
    }

    private void print(StudyServer.Computed network) {
        var out = spec.commandLine().getOut();
        var table = new Table(out, "one study, archive to stored Segmentation and report", "n", "p50 ms", "p95 ms");
        row(table, "`$predict`", ours);
        row(table, "`$predict` with `persist=false`", unwritten);
        row(table, "the script", theirs);
        stages.forEach((stage, timings) -> row(table, "the script: " + stage, timings));
        out.printf(
                "%nRatio of the medians: %.2f. Our network: %.1f ms a call; of $predict, reading the archive and the steps before and after the network are %.0f %%.%n",
                theirs.quantile(0.5) / ours.quantile(0.5),
                network.milliseconds(),
                100 * (unwritten.quantile(0.5) - network.milliseconds()) / ours.quantile(0.5));
    }

    private static void row(Table table, String what, Timings timings) {
        table.row(
                what,
                timings.count(),
                "%.1f".formatted(timings.quantile(0.5)),
                "%.1f".formatted(timings.quantile(0.95)));
    }

    /** Of the lesion's area, in square millimetres, at 0.1 mm a pixel. */
    private static double pixels(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.at("/code/coding/0/code").asText().equals("42798000"))
                .mapToDouble(area -> area.at("/valueQuantity/value").asDouble() / 0.01)
                .sum();
    }

    private static String patient(int study) {
        return "Patient/p-study-" + study;
    }

    private static Map<String, Object> demographics(int study) {
        return Map.of(
                "resourceType",
                "Patient",
                "id",
                "p-study-" + study,
                "identifier",
                List.of(Map.of("system", "urn:oid:2.16.840.1.1", "value", "4711-" + study)));
    }
}
