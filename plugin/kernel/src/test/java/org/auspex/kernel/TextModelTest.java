package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.auspex.kernel.inference.Entity;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.inference.TensorRefused;
import org.auspex.kernel.inference.TextModel;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that read text, with real weights. */
class TextModelTest {

    private static final String ENTITIES = "note-entities";
    private static final String EMBEDDING = "passage-embedding";
    private static final String SENTENCE = "𠮷 She denies chest pain and takes metoprolol.";

    @TempDir
    private Path root;

    @Test
    void findsThingsAtTheirPlacesInTheText() throws IOException {
        copy(ENTITIES);
        try (var models = load()) {
            var found = entities(models, SENTENCE).get(0);
            assertThat(found)
                    .extracting(entity -> entity.kind() + " " + SENTENCE.substring(entity.start(), entity.end()))
                    .containsSubsequence("finding chest pain", "drug metoprolol");
            assertThat(found)
                    .extracting(Entity::probability)
                    .allSatisfy(probability -> assertThat(probability).isBetween(0.3, 1.0));
        }
    }

    @Test
    void readsEachTextAsIfItStoodAloneAndLongOnesInWindows() throws IOException {
        copy(ENTITIES);
        var filler = "The patient came in today and was seen in the clinic. ".repeat(60);
        var text = filler + SENTENCE + " " + filler;
        try (var models = load()) {
            var alone = entities(models, SENTENCE).get(0);
            var together = entities(models, "", text, SENTENCE);
            assertThat(together.get(0)).isEmpty();
            assertThat(together.get(2))
                    .usingRecursiveComparison()
                    .withEqualsForType((a, b) -> Math.abs(a - b) < 1e-3, Double.class)
                    .isEqualTo(alone);
            assertThat(together.get(1))
                    .extracting(entity -> text.substring(entity.start(), entity.end()))
                    .contains("metoprolol")
                    .anyMatch(words -> words.startsWith("chest"));
        }
    }

    @Test
    void givesVectorsOfLengthOneByWhichTextsThatAreAlikeAreNear() throws IOException {
        copy(EMBEDDING);
        try (var models = load()) {
            var vectors = models.with(
                    new ModelId(EMBEDDING, "1.0.0"),
                    model -> text(model)
                            .embeddings(
                                    List.of(
                                            "What are the symptoms of asthma?",
                                            "Asthma causes wheezing, coughing and shortness of breath.",
                                            "The fracture of the left hip was fixed with a plate."),
                                    Priority.ROUTINE));
            assertThat(vectors)
                    .allSatisfy(vector -> assertThat(dot(vector, vector)).isCloseTo(1, within(1e-5)));
            assertThat(dot(vectors.get(0), vectors.get(1))).isGreaterThan(dot(vectors.get(0), vectors.get(2)) + 0.1);
        }
    }

    @Test
    void refusesToBeWhatItIsNot() throws IOException {
        copy(ENTITIES);
        copy(EMBEDDING);
        try (var models = load()) {
            assertThatThrownBy(
                            () -> new ServedText(models, EMBEDDING, "auspex.reading.recogniser").entities(List.of("")))
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessageContaining(
                            "cannot be what auspex.reading.recogniser names", "its card has no entities:");
            assertThatThrownBy(
                            () -> new ServedText(models, ENTITIES, "auspex.consult.embedding").embeddings(List.of("")))
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessageContaining("gives no vectors of texts");
            assertThatThrownBy(() -> models.with(
                            new ModelId(ENTITIES, "1.0.0"),
                            model -> text(model).embeddings(List.of("x"), Priority.ROUTINE)))
                    .isInstanceOf(TensorRefused.class);
        }
    }

    @Test
    void saysThatItDoesNotServe() throws IOException {
        try (var models = load()) {
            assertThatThrownBy(() -> new ServedText(models, "ner", "auspex.reading.recogniser").entities(List.of("")))
                    .isInstanceOfSatisfying(InferenceFailed.class, failed -> {
                        assertThat(failed.kind()).isEqualTo(InferenceFailed.Kind.DOWN);
                        assertThat(failed)
                                .hasMessageContaining("ner, which auspex.reading.recogniser names, does not serve");
                    });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    name: input_ids, datatype: INT64; name: pieces, datatype: INT64; the network is not given the pieces
                    name: attention_mask, datatype: INT64; name: attention_mask, datatype: FP32; a network of text is given none such
                    tensor: logits; tensor: nothing; 'nothing' is no FP32 tensor
                    [O, B-problem,; [O, O, B-problem,; there are 14 labels for 13 numbers
                    I-drug; I-disease; O, or B- and I- with problem
                    tokenizer.json; tokens.json; there is no file 'tokens.json' in the model's folder
                    most: 96; most: 4; pieces that the network sees at once
                    """)
    void saysWhatIsWrongWithACardOfText(String right, String wrong, String said) throws IOException {
        var card = copy(ENTITIES).resolve("model.yaml");
        var text = Files.readString(card);
        assertThat(text).contains(right);
        Files.writeString(card, text.replace(right, wrong));
        try (var models = load()) {
            assertThat(models.refused().get(ENTITIES + "|1.0.0")).hasMessageContaining(said);
        }
    }

    @Test
    void refusesATokenizerThatWasChangedAndOneThatIsNone() throws IOException {
        var folder = copy(ENTITIES);
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        try (var models = load()) {
            assertThat(models.refused().get(ENTITIES + "|1.0.0"))
                    .hasMessageContaining("tokenizer.json has sha256", "the card says");
        }
        var card = folder.resolve("model.yaml");
        Files.writeString(
                card,
                Files.readString(card)
                        .replaceFirst(
                                "(file: tokenizer.json, sha256: )\"[0-9a-f]{64}\"",
                                "$1\"%s\"".formatted(Sha256.of("{}"))));
        try (var models = load()) {
            assertThat(models.refused().get(ENTITIES + "|1.0.0")).hasMessageContaining("is no tokenizer.json");
        }
    }

    @Test
    void refusesAModelThatDoesNotFindWhatItsGoldenCaseSays() throws IOException {
        var folder = copy(ENTITIES);
        Files.createDirectories(folder.resolve("golden"));
        Files.writeString(folder.resolve("golden/01.json"), """
                {"text": "She denies chest pain.", "outcome": {"entities": [{"kind": "drug", "words": "chest pain"}]}}
                """);
        try (var models = load()) {
            assertThat(models.refused().get(ENTITIES + "|1.0.0"))
                    .hasMessageContaining("entities are [finding 'chest pain'], the case says [drug 'chest pain']");
        }
    }

    private List<List<Entity>> entities(Models models, String... texts) {
        return models.with(
                new ModelId(ENTITIES, "1.0.0"), model -> text(model).entities(List.of(texts), Priority.ROUTINE));
    }

    private static TextModel text(ServingModel model) {
        return (TextModel) model.tensors().orElseThrow();
    }

    private static double dot(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> (double) one[i] * other[i])
                .sum();
    }

    private Models load() throws IOException {
        return Kernel.loader().loadAll(List.of(root));
    }

    private Path copy(String name) throws IOException {
        var to = Files.createDirectories(root.resolve(name).resolve("1.0.0"));
        for (var file : List.of("model.yaml", "model.pt", "tokenizer.json")) {
            Files.copy(Kernel.SHIPPED.resolve(name).resolve("1.0.0").resolve(file), to.resolve(file));
        }
        return to;
    }
}
