package org.auspex.benchmarks;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.auspex.kernel.ModelFolders;
import org.auspex.kernel.ModelLoader;
import org.auspex.kernel.Models;
import org.auspex.kernel.PathRule;
import org.auspex.kernel.ServingModel;
import org.auspex.kernel.adaptation.Adaptation;
import org.auspex.kernel.adaptation.AdaptationOrder;
import org.auspex.kernel.adaptation.LabelledCase;
import org.auspex.kernel.adaptation.Overlap;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.ShippedVocabulary;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.inference.Engines;
import org.auspex.kernel.inference.TrainingPlan;
import org.auspex.kernel.model.CardReader;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Bundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code $adapt} makes of few labelled photographs, without the server around it. */
@Command(
        name = "adapt",
        description =
                "Dice of a head that $adapt trained on few photographs of the retina, on six that it has not seen.",
        mixinStandardHelpOptions = true)
final class AdaptBenchmark implements Callable<Integer> {

    private static final ModelId BASE = ModelId.parse("vessels|0.0.0");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--models", description = "The shipped models; default ${DEFAULT-VALUE}.")
    private Path models = Path.of("testdata/models");

    @Option(names = "--data", description = "Photographs and vessels of DRIVE; default ${DEFAULT-VALUE}.")
    private Path data = Path.of("../shared/data/retina-vessels");

    @Option(
            names = "--cases",
            split = ",",
            description =
                    "Labelled photographs given to $adapt, which keeps a fifth of them; default ${DEFAULT-VALUE}.")
    private List<Integer> cases = List.of(3, 5, 10, 14);

    @Option(names = "--steps", description = "Steps of training; default ${DEFAULT-VALUE}.")
    private int steps = TrainingPlan.USUAL.steps();

    @Override
    public Integer call() throws IOException {
        Engines.prepare(Files.createTempDirectory("auspex-benchmark-djl"));
        var photographs = Photographs.in(data);
        var root = folders();
        var loader = loader();
        try (var serving = new Models()) {
            var folders = new ModelFolders(List.of(root), loader, serving, Map::of);
            folders.refresh();
            var adaptation = new Adaptation(serving, loader, folders, root, Clock.systemUTC());
            var table = new Table(
                    spec.commandLine().getOut(),
                    "labelled photographs",
                    "learnt from",
                    "Dice on those it kept",
                    "Dice on six others",
                    "seconds");
            for (int number : cases) {
                row(table, serving, adaptation, photographs.pool().subList(0, number), photographs.heldOut());
            }
        }
        return 0;
    }

    private void row(
            Table table, Models serving, Adaptation adaptation, List<LabelledCase> given, List<LabelledCase> others) {
        var begun = System.nanoTime();
        var base = serving.card(BASE)
                .orElseThrow(() -> new IllegalStateException("The head does not serve: " + serving.refused()));
        var order = new AdaptationOrder(
                base, "0.%d.0".formatted(given.size()), given, List.of(), 0.2, TrainingPlan.USUAL.withSteps(steps));
        var report = adaptation.run(order, (doing, done, of) -> {}).report();
        var seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        var dice = serving.with(
                order.candidate(),
                candidate -> others.stream()
                        .mapToDouble(one -> dice(candidate, one))
                        .average()
                        .orElseThrow());
        table.row(
                given.size(),
                report.trainingImages(),
                "%.3f".formatted(report.scores().candidate().value()),
                "%.3f".formatted(dice),
                seconds);
    }

    private static double dice(ServingModel candidate, LabelledCase one) {
        var picture = new Feature.Pictured(List.of(one.labelled().picture()));
        var outcome = candidate
                .outcomes(List.of(new Features(Map.of("image", picture))))
                .get(0);
        if (outcome instanceof Outcome.Marked marked) {
            var mask = marked.markings().get(0).marks().get(0).mask();
            return Overlap.of(mask.values(), one.labelled().mask().values()).dice();
        }
        throw new IllegalStateException("Nothing was marked on %s: %s".formatted(one.study(), outcome));
    }

    /** The shared encoder, and the shipped head that has learnt nothing, for photographs in their own size and in colour. */
    private Path folders() throws IOException {
        var root = ModelFolder.with(Files.createTempDirectory("auspex-adapt"), models, "encoder");
        var head = root.resolve(BASE.name()).resolve(BASE.version());
        Files.createDirectories(head);
        var shipped = models.resolve("lesions/0.0.0");
        Files.copy(shipped.resolve("head.pt"), head.resolve("head.pt"));
        Files.writeString(
                head.resolve("model.yaml"),
                Files.readString(shipped.resolve("model.yaml"))
                        .replace("model: lesions", "model: " + BASE.name())
                        .replaceFirst("(?m)^ +- resize:.*\\n", "")
                        .replaceFirst("(?m)^ +- repeat:.*\\n", ""));
        return root;
    }

    private static ModelLoader loader() {
        var fhir = FhirContext.forR4();
        var units = new Units();
        var paths = new Paths(fhir);
        var vocabulary = new ShippedVocabulary(fhir);
        var cards = new CardReader(units, List.of(new PathRule(fhir, paths, vocabulary, criteria -> Optional.empty())));
        var reader = new EvidenceReader(
                new BundleRecord(new Bundle(), (resource, query) -> false), paths, units, vocabulary);
        return new ModelLoader(cards, new Engines(Duration.ofMinutes(2), 16), reader, fhir, Map.of());
    }
}
