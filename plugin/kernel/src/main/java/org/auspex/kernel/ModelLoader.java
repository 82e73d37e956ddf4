package org.auspex.kernel;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.inference.Engine;
import org.auspex.kernel.inference.Engines;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.TensorRefused;
import org.auspex.kernel.model.CardReader;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.model.WeightsPolicy;
import org.auspex.kernel.monai.BundleReader;

/** Takes model folders into service: the card is read, the engine opened, the golden cases run. */
public final class ModelLoader {

    private final CardReader cards;
    private final BundleReader bundles;
    private final Engines engines;
    private final EvidenceReader reader;
    private final FhirContext fhir;
    private final Map<String, Map<String, String>> settings;

    /**
     * @param settings what the site has chosen, by model and by name of the setting
     */
    public ModelLoader(
            CardReader cards,
            Engines engines,
            EvidenceReader reader,
            FhirContext fhir,
            Map<String, Map<String, String>> settings) {
        this(cards, new BundleReader(WeightsPolicy.STRICT), engines, reader, fhir, settings);
    }

    /**
     * @param bundles for folders that are bundles of MONAI and have no card
     * @param settings what the site has chosen, by model and by name of the setting
     */
    public ModelLoader(
            CardReader cards,
            BundleReader bundles,
            Engines engines,
            EvidenceReader reader,
            FhirContext fhir,
            Map<String, Map<String, String>> settings) {
        this.cards = cards;
        this.bundles = bundles;
        this.engines = engines;
        this.reader = reader;
        this.fhir = fhir;
        this.settings = Map.copyOf(settings);
    }

    /** Serves every {@code name/version} folder under the roots that can be served, as it is now. */
    public Models loadAll(List<Path> roots) throws IOException {
        var models = new Models();
        try (var folders = new ModelFolders(roots, this, models, Map::of)) {
            folders.refresh();
        }
        return models;
    }

    /**
     * Serves these folders, and nothing else.
     *
     * @throws CardRefused with everything that is wrong with the first that cannot be served
     */
    public Models load(List<Path> folders) throws CardRefused {
        var models = new Models();
        try {
            for (var folder : folders) {
                models.serve(load(folder, models));
            }
        } catch (CardRefused e) {
            models.close();
            throw e;
        }
        return models;
    }

    /**
     * Opens one model that needs no other.
     *
     * @throws CardRefused with everything that is wrong with it
     */
    public ServingModel load(Path folder) throws CardRefused {
        return load(folder, new Models());
    }

    /**
     * Opens one model.
     *
     * @param models where the encoder of a head serves, now and later
     * @throws CardRefused with everything that is wrong with it
     */
    public ServingModel load(Path folder, Models models) throws CardRefused {
        var card = BundleReader.isBundle(folder) ? bundles.read(folder) : cards.read(folder);
        requireMatchingFolder(card, folder);
        var set = chosen(card);
        var engine = open(card, models);
        var failures = goldenFailures(card, engine);
        if (!failures.isEmpty()) {
            engine.close();
            throw new CardRefused(folder, failures);
        }
        return new ServingModel(set, engine);
    }

    private ModelCard chosen(ModelCard card) throws CardRefused {
        var choices = settings.getOrDefault(card.id().name(), Map.of());
        var problems = new ArrayList<Problem>();
        choices.forEach((name, choice) -> {
            var input = card.requirements().inputs().stream()
                    .filter(candidate ->
                            candidate.name().equals(name) && candidate.setting().isPresent())
                    .findFirst();
            var key = "auspex.models.settings.%s.%s".formatted(card.id().name(), name);
            if (input.isEmpty()) {
                problems.add(new Problem(
                        0,
                        key + " is no setting of the model",
                        "its settings are " + card.settings().keySet()));
            } else if (input.get().category(choice).isEmpty()) {
                var answers =
                        input.get().categories().stream().map(Category::name).toList();
                problems.add(new Problem(0, "%s is '%s'".formatted(key, choice), "write one of " + answers));
            }
        });
        if (!problems.isEmpty()) {
            throw new CardRefused(card.folder(), problems);
        }
        var all = new HashMap<>(choices);
        card.parts()
                .forEach(part -> settings.getOrDefault(part.card().id().name(), Map.of())
                        .forEach((name, choice) -> all.put(part.named(name), choice)));
        return card.with(all);
    }

    private static void requireMatchingFolder(ModelCard card, Path folder) throws CardRefused {
        var named = Dropped.named(folder);
        if (!named.equals(card.id().toString())) {
            throw new CardRefused(
                    folder,
                    List.of(new Problem(
                            1,
                            "the card says %s, the folders %s".formatted(card.id(), named),
                            "name the folders as the card does")));
        }
    }

    private Engine open(ModelCard card, Models models) throws CardRefused {
        try {
            return engines.open(card, models.encoders());
        } catch (InferenceFailed e) {
            throw refused(card, e);
        }
    }

    private List<Problem> goldenFailures(ModelCard card, Engine engine) throws CardRefused {
        var failures = new ArrayList<Problem>();
        try (Stream<Path> files = goldenFiles(card)) {
            for (var file : files.sorted().toList()) {
                failures.addAll(goldenFailures(file, card, engine));
            }
        } catch (IOException e) {
            failures.add(new Problem(0, "the golden cases cannot be listed: " + e.getMessage(), "mend the folder"));
        } catch (InferenceFailed e) {
            engine.close();
            throw refused(card, e);
        }
        return failures;
    }

    private List<Problem> goldenFailures(Path file, ModelCard card, Engine engine) {
        try {
            return GoldenCase.read(file, fhir).differences(card, engine, reader).stream()
                    .map(text -> new Problem(0, "golden case " + text, "mend the model or the case"))
                    .toList();
        } catch (TensorRefused e) {
            return List.of(new Problem(
                    0,
                    "golden case %s: %s".formatted(file.getFileName(), e.getMessage()),
                    "mend the model or the case"));
        } catch (IOException | DataFormatException | DateTimeException | IllegalArgumentException e) {
            return List.of(new Problem(
                    0,
                    "golden case %s cannot be read: %s".formatted(file.getFileName(), e.getMessage()),
                    "mend the file"));
        }
    }

    private static Stream<Path> goldenFiles(ModelCard card) throws IOException {
        var golden = card.folder().resolve("golden");
        return Files.isDirectory(golden)
                ? Files.list(golden).filter(file -> file.toString().endsWith(".json"))
                : Stream.empty();
    }

    private static CardRefused refused(ModelCard card, InferenceFailed failure) {
        var cause = failure.getCause() == null ? "" : " (" + failure.getCause().getMessage() + ")";
        var problems = List.of(new Problem(0, failure.getMessage() + cause, remedy(card)));
        return failure.kind() == InferenceFailed.Kind.DOWN
                ? CardRefused.forNow(card.folder(), problems)
                : new CardRefused(card.folder(), problems);
    }

    private static String remedy(ModelCard card) {
        return switch (card.engine().kind()) {
            case PYTORCH ->
                card.engine()
                        .encoder()
                        .map(encoder -> "look at %s, which it is a head on".formatted(encoder))
                        .orElse("export the weights again with torch.jit");
            case ONNX -> "export the weights again as ONNX";
            case KSERVE -> "start the model there, or correct the card's url, model and version";
            case SCORECARD, RULES, FACTS -> "mend the card";
            case CHAT -> "set auspex.chat.base-url and auspex.chat.model";
        };
    }
}
