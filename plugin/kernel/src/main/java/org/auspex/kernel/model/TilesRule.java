package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.BiConsumer;
import org.auspex.kernel.features.Source;

/** A card with tiles describes a network that sees a slide and every input beside it, and says where it looked. */
final class TilesRule implements CardRule {

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        if (card.at("/images").has("tiles")) {
            tiles(card, report);
        } else if (values(card).contains(Source.SLIDE)) {
            report.accept(
                    "/inputs",
                    "a slide is shown to a network of tiles only - add images: {tiles: {size: 224, micrometres: 0.5, most: 512, attention: attention}}");
        }
    }

    private static List<String> values(JsonNode card) {
        return CardMapper.list(card.path("inputs"), input -> input.path("value").asText());
    }

    private static void tiles(JsonNode card, BiConsumer<String, String> report) {
        for (var key : List.of("before", "window", "after", "zeros", "words")) {
            if (card.at("/images").has(key)) {
                report.accept("/images/" + key, "tiles go to the network as they are - remove %s:".formatted(key));
            }
        }
        if (!card.path("subject").asText("Patient").equals("Patient")) {
            report.accept(
                    "/subject", "a slide can be missing, so what is asked about is a patient - write subject: Patient");
        }
        slide(card, report);
        given(card, report);
        var attention = card.at("/images/tiles/attention").asText();
        tensor(card, attention, "/images/tiles/attention", List.of(1L, TensorSpec.ANY), report);
        if (!card.at("/outputs/0/kind").asText().equals("probability")) {
            report.accept("/outputs", "the first output is a probability - put one of kind: probability there");
        }
        for (int i = 0; i < card.path("outputs").size(); i++) {
            output(card, i, report);
        }
    }

    private static void slide(JsonNode card, BiConsumer<String, String> report) {
        var values = values(card);
        if (values.stream().filter(Source.SLIDE::equals).count() != 1
                || values.contains(Source.IMAGE)
                || values.contains(Source.VOLUME)) {
            report.accept(
                    "/inputs",
                    "a network of tiles has one input of a slide, and no other images - write {name: slide, from: ImagingStudy?modality=SM, value: slide}");
        }
    }

    /** The tiles, a number for each input, and whether each is known. */
    private static void given(JsonNode card, BiConsumer<String, String> report) {
        var size = card.at("/images/tiles/size").asLong();
        var inputs = (long) card.path("inputs").size();
        var given = card.at("/tensors/inputs");
        var wanted = List.of(
                List.of(1L, TensorSpec.ANY, 3L, size, size),
                List.of(TensorSpec.ANY, inputs),
                List.of(TensorSpec.ANY, inputs));
        var fits = given.size() == wanted.size();
        for (int i = 0; fits && i < wanted.size(); i++) {
            fits = isOf(given.get(i), wanted.get(i));
        }
        if (!fits) {
            report.accept(
                    "/tensors/inputs",
                    "the network takes tiles %s, the %d inputs' values %s and whether each is known %s, all FP32 - write these three"
                            .formatted(wanted.get(0), inputs, wanted.get(1), wanted.get(2)));
        }
    }

    private static void output(JsonNode card, int index, BiConsumer<String, String> report) {
        var at = "/outputs/" + index;
        var output = card.path("outputs").get(index);
        var kind = output.path("kind").asText();
        if (!kind.equals("probability") && !kind.equals("survival")) {
            report.accept(
                    at + "/kind", "a network of tiles gives no %s - write probability or survival".formatted(kind));
            return;
        }
        FollowUpRule.check(output, card.path("engine"), at, report);
        var width = kind.equals("probability") ? 1L : output.path("times").size();
        tensor(card, output.path("tensor").asText(), at, List.of(TensorSpec.ANY, width), report);
    }

    private static void tensor(
            JsonNode card, String name, String at, List<Long> shape, BiConsumer<String, String> report) {
        var found = CardMapper.list(card.at("/tensors/outputs"), node -> node).stream()
                .filter(node -> node.path("name").asText().equals(name))
                .findFirst();
        if (found.filter(node -> isOf(node, shape)).isEmpty()) {
            report.accept(
                    at,
                    "no tensor of the network holds it - name one of tensors/outputs with datatype: FP32 and shape: %s"
                            .formatted(shape));
        }
    }

    private static boolean isOf(JsonNode tensor, List<Long> shape) {
        return tensor.path("datatype").asText().equals("FP32")
                && CardMapper.list(tensor.path("shape"), JsonNode::asLong).equals(shape);
    }
}
