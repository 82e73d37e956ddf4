package org.auspex.commandline;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.FactNames;
import org.auspex.kernel.ModelLoader;
import org.auspex.kernel.Models;
import org.auspex.kernel.PathRule;
import org.auspex.kernel.ServingModel;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.NoteReader;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.ShippedVocabulary;
import org.auspex.kernel.inference.Engines;
import org.auspex.kernel.model.CardReader;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.monai.BundleReader;
import org.auspex.language.documents.AttachmentBytes;
import org.auspex.language.documents.Documents;
import org.auspex.language.documents.Limits;
import org.auspex.language.evidence.DocumentStatements;
import org.auspex.language.facts.GeneralVocabulary;
import org.auspex.language.facts.PaediatricVocabulary;
import org.auspex.language.facts.StarterVocabulary;
import org.auspex.terminology.Units;
import org.auspex.testdata.ShippedModels;
import org.hl7.fhir.r4.model.Bundle;

/** Finds a model and takes it into service as a server would, golden cases included. */
final class ModelAt {

    private static final java.time.Duration PATIENCE = java.time.Duration.ofMinutes(5);

    private final Path home;
    private final FhirContext fhir = FhirContext.forR4Cached();
    private final Paths paths = new Paths(fhir);
    private final Units units = new Units();
    private final ShippedVocabulary vocabulary = new ShippedVocabulary(fhir);
    private final NoteReader notes = new DocumentStatements(
            new Documents(Limits.USUAL, AttachmentBytes.INLINE_ONLY),
            List.of(new StarterVocabulary(), new GeneralVocabulary(), new PaediatricVocabulary()));
    private final EvidenceReader reader = new EvidenceReader(
                    new BundleRecord(new Bundle(), (resource, query) -> false), paths, units, vocabulary)
            .reading(notes);

    /**
     * @param home the server's {@code auspex.home}: its models are found by name
     */
    ModelAt(Path home) {
        this.home = home.toAbsolutePath();
    }

    /**
     * Opens a model.
     *
     * @param model a folder, a name, or {@code name|version}
     * @param settings what the site chooses for it
     * @throws CardRefused with everything that is wrong with it
     */
    ServingModel open(String model, Map<String, String> settings) throws IOException, CardRefused {
        var folder = folder(model);
        var loader = loader(List.of(folder), settings);
        // The encoder of a head ends with the process.
        return loader.load(folder, loader.load(encoders(folder)));
    }

    /** How records are read here. */
    EvidenceReader reader() {
        return reader;
    }

    /**
     * Opens models together with the way to read what they ask.
     *
     * @param models folders, names, or {@code name|version}
     * @param settings what the site chooses for all of them
     * @throws CardRefused with everything that is wrong with the first that cannot be served
     */
    Bench bench(List<String> models, Map<String, String> settings) throws IOException, CardRefused {
        var asked = new ArrayList<Path>();
        var needed = new ArrayList<Path>();
        for (var model : models) {
            asked.add(folder(model));
            needed.addAll(encoders(folder(model)));
        }
        needed.removeAll(asked);
        return new Bench(loader(asked, settings).load(encodersFirst(needed, asked)), reader);
    }

    private static List<Path> encodersFirst(List<Path> needed, List<Path> asked) {
        return Stream.concat(
                        needed.stream().distinct(),
                        asked.stream()
                                .sorted(Comparator.comparing(
                                        folder -> CardReader.encoder(folder).isPresent())))
                .toList();
    }

    /** The encoder that a head needs: where the head lies, or where the server would find it. */
    private List<Path> encoders(Path folder) throws IOException {
        var encoder = CardReader.encoder(folder).map(ModelId::toString);
        if (encoder.isEmpty()) {
            return List.of();
        }
        var beside =
                folder.resolve("../..").resolve(encoder.get().replace("|", "/")).normalize();
        return List.of(isModel(beside) ? beside : folder(encoder.get()));
    }

    /** Models that serve, and how records are read for them. */
    record Bench(Models models, EvidenceReader reader) implements AutoCloseable {
        @Override
        public void close() {
            models.close();
        }
    }

    private ModelLoader loader(List<Path> folders, Map<String, String> settings) {
        Engines.prepare(home.resolve("djl"));
        // Search parameters are known to a server only; it checks them when it loads the card.
        var cards = new CardReader(
                units,
                List.of(new PathRule(fhir, paths, vocabulary, criteria -> Optional.empty()), new FactNames(notes)));
        var byModel = new HashMap<String, Map<String, String>>();
        folders.forEach(
                folder -> byModel.put(folder.getName(folder.getNameCount() - 2).toString(), settings));
        return new ModelLoader(cards, new Engines(PATIENCE, 16), reader, fhir, byModel);
    }

    private Path folder(String model) throws IOException {
        var path = Path.of(model.replace("|", "/"));
        if (isModel(path)) {
            return path.toAbsolutePath().normalize();
        }
        var shipped = ShippedModels.unpack(home.resolve("shipped-models"));
        return Stream.of(home.resolve("models"), shipped)
                .map(root -> root.resolve(path.toString()))
                .flatMap(ModelAt::versions)
                .max(Comparator.comparing(ModelAt::version))
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is no model folder, and no model of that name lies in %s or is shipped"
                                .formatted(model, home.resolve("models"))));
    }

    private static Stream<Path> versions(Path folder) {
        if (isModel(folder)) {
            return Stream.of(folder);
        }
        try (Stream<Path> inside = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return inside.filter(ModelAt::isModel).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(folder + " cannot be listed", e);
        }
    }

    private static boolean isModel(Path folder) {
        return Files.isRegularFile(folder.resolve(CardReader.CARD)) || BundleReader.isBundle(folder);
    }

    private static ModelId version(Path folder) {
        return new ModelId("", String.valueOf(folder.getFileName()));
    }
}
