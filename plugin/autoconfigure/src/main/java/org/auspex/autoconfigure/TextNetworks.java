package org.auspex.autoconfigure;

import java.util.Locale;
import org.auspex.kernel.Models;
import org.auspex.kernel.ServedText;
import org.auspex.kernel.inference.Entity;
import org.auspex.kernel.model.ModelId;
import org.auspex.language.facts.FactKind;
import org.auspex.language.facts.Recogniser;
import org.auspex.language.retrieval.Embedder;
import org.auspex.language.text.Span;

/** Networks that read text, as those who read documents ask for them. */
final class TextNetworks {

    private static final String RECOGNISER = "auspex.reading.recogniser";
    private static final String EMBEDDING = "auspex.consult.embedding";

    private TextNetworks() {}

    /** @param model {@code name|version}, or a name for its newest active version */
    static Recogniser recogniser(Models models, String model) {
        var served = new ServedText(models, model, RECOGNISER);
        return sentences -> served.entities(sentences).stream()
                .map(found -> found.stream().map(TextNetworks::recognised).toList())
                .toList();
    }

    private static Recogniser.Recognised recognised(Entity entity) {
        return new Recogniser.Recognised(
                FactKind.valueOf(entity.kind().toUpperCase(Locale.ROOT)), new Span(entity.start(), entity.end()));
    }

    /**
     * @param version {@code name|version}: vectors of another version could not be compared
     * @throws IllegalArgumentException if it is none
     */
    static Embedder embedder(Models models, String version) {
        try {
            return new ServedText(models, ModelId.parse(version).toString(), EMBEDDING)::embeddings;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s is '%s'. Write a model with its version, such as passage-embedding|1.0.0"
                            .formatted(EMBEDDING, version),
                    e);
        }
    }
}
