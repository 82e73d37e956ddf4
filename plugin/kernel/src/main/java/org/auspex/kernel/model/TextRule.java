package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

/** A network of text is given pieces by a tokenizer that lies beside it, and says one thing of them. */
final class TextRule implements CardRule {

    private static final List<String> GIVEN = List.of(TextReading.IDS, TextReading.MASK, TextReading.TYPES);

    private final Path folder;

    TextRule(Path folder) {
        this.folder = folder;
    }

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        var text = card.path("text");
        if (text.isMissingNode()) {
            return;
        }
        if (!card.has("tensors") || card.has("outputs") || card.has("images")) {
            report.accept(
                    "/text",
                    "text is for a network that is described by its tensors alone - add tensors:, and remove outputs: and images:");
            return;
        }
        inputs(card, report);
        if (text.has("entities") == text.has("embedding")) {
            report.accept("/text", "what the network says is not clear - write either entities: or embedding:");
        } else if (text.has("entities")) {
            entities(card, report);
        } else {
            tensor(card, "/text/embedding", List.of(2, 3), report);
        }
        tokenizer(card, report);
    }

    private static void inputs(JsonNode card, BiConsumer<String, String> report) {
        var inputs = card.at("/tensors/inputs");
        var hasPieces = false;
        for (int i = 0; i < inputs.size(); i++) {
            var input = inputs.get(i);
            var name = input.path("name").asText();
            hasPieces |= name.equals(TextReading.IDS);
            if (!GIVEN.contains(name)
                    || !input.path("datatype").asText().equals(Datatype.INT64.name())
                    || !input.path("shape").toString().equals("[-1,-1]")) {
                report.accept(
                        "/tensors/inputs/" + i,
                        "a network of text is given none such - write one of %s, INT64, [-1, -1]".formatted(GIVEN));
            }
        }
        if (!hasPieces) {
            report.accept(
                    "/tensors/inputs",
                    "the network is not given the pieces - add {name: input_ids, datatype: INT64, shape: [-1, -1]}");
        }
    }

    private static void entities(JsonNode card, BiConsumer<String, String> report) {
        var labels = card.at("/text/entities/labels").size();
        var shape = tensor(card, "/text/entities", List.of(3), report);
        if (shape.size() == 3 && shape.path(2).asLong() != labels) {
            report.accept(
                    "/text/entities/labels",
                    "there are %d labels for %s numbers - write one for each, in the tensor's order"
                            .formatted(labels, shape.path(2)));
        }
    }

    /** The shape of the tensor that is named there; missing if it cannot be what is read. */
    private static JsonNode tensor(
            JsonNode card, String at, List<Integer> dimensions, BiConsumer<String, String> report) {
        var name = card.at(at).path("tensor").asText();
        for (var output : card.at("/tensors/outputs")) {
            if (output.path("name").asText().equals(name)
                    && output.path("datatype").asText().equals(Datatype.FP32.name())
                    && dimensions.contains(output.path("shape").size())) {
                return output.path("shape");
            }
        }
        report.accept(
                at + "/tensor",
                "'%s' is no FP32 tensor of %s dimensions in tensors/outputs - name one, texts first, then pieces"
                        .formatted(name, dimensions));
        return card.path("");
    }

    private void tokenizer(JsonNode card, BiConsumer<String, String> report) {
        var tokenizer = card.at("/text/tokenizer");
        if (!tokenizer.has("file") || !tokenizer.has("sha256")) {
            return;
        }
        var named = new NamedFile(folder, card, "/text/tokenizer", report);
        var file = named.find();
        if (file.isPresent()) {
            try {
                named.isMeant(file.get());
            } catch (IOException e) {
                named.reportUnreadable(file.get(), e);
            }
        }
    }
}
