package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The summary of the training rows is there and is about the card's inputs. */
final class TrainingRule implements CardRule {

    private static final String AT = "/training/file";

    private final Path folder;

    TrainingRule(Path folder) {
        this.folder = folder;
    }

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        if (!card.path("training").has("file")) {
            return;
        }
        var file = new NamedFile(folder, card, "/training", report).find();
        if (file.isEmpty()) {
            return;
        }
        try {
            check(TrainingReader.read(file.get(), false), card, report);
        } catch (IOException | IllegalArgumentException e) {
            report.accept(
                    AT,
                    "%s cannot be used (%s) - write it anew, as adding-a-model.md says"
                            .formatted(file.get().getFileName(), e.getMessage()));
        }
    }

    private static void check(Training training, JsonNode card, BiConsumer<String, String> report) {
        var categories = new HashMap<String, Integer>();
        card.path("inputs")
                .forEach(input -> categories.put(
                        input.path("name").asText(), input.path("categories").size()));
        Stream.concat(
                        training.inputs().stream().map(Distribution::name),
                        training.distance().stream()
                                .flatMap(distance -> distance.inputs().stream().map(TrainingDistance.Axis::name)))
                .distinct()
                .filter(input -> !categories.containsKey(input))
                .forEach(input -> report.accept(
                        AT,
                        "it is about '%s', which is no input of the card - name the card's inputs".formatted(input)));
        training.inputs().forEach(input -> check(input, categories, report));
        if (card.at("/training/beyond").isTextual() && training.distance().isEmpty()) {
            report.accept("/training/beyond", "the file tells no distance - leave out beyond:, or write the distance");
        }
    }

    private static void check(Distribution input, Map<String, Integer> categories, BiConsumer<String, String> report) {
        var expected = categories.getOrDefault(input.name(), 0);
        if (expected > 0
                && !input.categories().isEmpty()
                && expected != input.categories().size()) {
            report.accept(
                    AT,
                    "it has %d categories of '%s', the card %d - name those of the card, in their order"
                            .formatted(input.categories().size(), input.name(), expected));
        }
    }
}
