package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** The models that a card asks lie beside its folder, can be read, and have the inputs that it names. */
final class PartsRule implements CardRule {

    /** They find issues, or write down what a note names. */
    private static final Set<EngineSpec.Kind> SAY_OTHERWISE = Set.of(EngineSpec.Kind.RULES, EngineSpec.Kind.FACTS);

    private final Path folder;
    private final CardReader reader;
    private final List<Part> parts = new ArrayList<>();

    PartsRule(Path folder, CardReader reader) {
        this.folder = folder;
        this.reader = reader;
    }

    /** Those that were read. */
    List<Part> parts() {
        return List.copyOf(parts);
    }

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        if (card.has("asks") && !card.path("engine").path("kind").asText().equals("scorecard")) {
            report.accept("/asks", "only a scorecard decides by what others say - write engine: {kind: scorecard}");
            return;
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < card.path("asks").size(); i++) {
            var part = card.path("asks").get(i);
            if (!seen.add(part.path("name").asText())) {
                report.accept(
                        "/asks/%d/name".formatted(i),
                        "'%s' is asked twice - give each a name of its own"
                                .formatted(part.path("name").asText()));
            }
            read(part, "/asks/%d/model".formatted(i), report);
        }
        for (int i = 0; i < card.path("followUp").size(); i++) {
            for (var key : List.of("from", "needs", "awaits")) {
                input(card.path("followUp").get(i).path(key).asText(), "/followUp/%d/%s".formatted(i, key), report);
            }
        }
    }

    private void read(JsonNode part, String at, BiConsumer<String, String> report) {
        var id = ModelId.parse(part.path("model").asText());
        var beside = folder.toAbsolutePath()
                .resolve("../..")
                .resolve(id.name())
                .resolve(id.version())
                .normalize();
        if (!Files.isRegularFile(beside.resolve(CardReader.CARD))) {
            report.accept(at, "there is no model %s beside this one - put its folder there".formatted(id));
            return;
        }
        try {
            var card = reader.read(beside);
            if (card.predicts()
                    && card.tensors().isEmpty()
                    && card.parts().isEmpty()
                    && !SAY_OTHERWISE.contains(card.engine().kind())) {
                parts.add(new Part(part.path("name").asText(), card));
            } else {
                report.accept(at, "%s is no score and no network over inputs - ask another".formatted(id));
            }
        } catch (CardRefused e) {
            report.accept(at, "%s is refused itself (%s) - mend it first".formatted(id, e.getMessage()));
        }
    }

    private void input(String named, String at, BiConsumer<String, String> report) {
        var known = parts.stream()
                .flatMap(part -> part.inputs().stream())
                .anyMatch(input -> input.name().equals(named));
        if (Part.isOfPart(named) && !known) {
            report.accept(at, "no model that is asked has an input '%s' - write NAME/INPUT".formatted(named));
        }
    }
}
