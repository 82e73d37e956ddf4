package org.auspex.language.measures;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.auspex.kernel.ModelLoader;
import org.auspex.kernel.Models;
import org.auspex.kernel.ServedText;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.ShippedVocabulary;
import org.auspex.kernel.inference.Engines;
import org.auspex.kernel.model.CardReader;
import org.auspex.kernel.model.CardRefused;
import org.auspex.language.facts.FactKind;
import org.auspex.language.facts.Recogniser;
import org.auspex.language.retrieval.Embedder;
import org.auspex.language.text.Span;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Bundle;

/** The networks of text that come along, as a server would ask them. */
public final class TextNetworks implements AutoCloseable {

    private static final Path MODELS = Path.of("../../testdata/models");

    private final Models models;

    public TextNetworks(String... names) throws IOException, CardRefused {
        var fhir = FhirContext.forR4();
        var units = new Units();
        var record = new BundleRecord(new Bundle(), (resource, query) -> false);
        var reader = new EvidenceReader(record, new Paths(fhir), units, new ShippedVocabulary(fhir));
        var engines = new Engines(Duration.ofSeconds(60), 64);
        var loader = new ModelLoader(new CardReader(units, List.of()), engines, reader, fhir, Map.of());
        this.models = loader.load(List.of(names).stream()
                .map(name -> MODELS.resolve(name).resolve("1.0.0"))
                .toList());
    }

    public Recogniser recogniser(String name) {
        var served = new ServedText(models, name, "this test");
        return sentences -> served.entities(sentences).stream()
                .map(found -> found.stream()
                        .map(entity -> new Recogniser.Recognised(
                                FactKind.valueOf(entity.kind().toUpperCase(Locale.ROOT)),
                                new Span(entity.start(), entity.end())))
                        .toList())
                .toList();
    }

    public Embedder embedder(String name) {
        return new ServedText(models, name, "this test")::embeddings;
    }

    @Override
    public void close() {
        models.close();
    }
}
