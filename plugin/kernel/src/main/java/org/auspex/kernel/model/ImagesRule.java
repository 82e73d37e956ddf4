package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.BiConsumer;
import org.auspex.kernel.features.Source;

/** A card with steps for images describes a network from images to one image, or to what is said about a study. */
final class ImagesRule implements CardRule {

    private static final String SHAPE =
            "FP32, with the images of a batch as its first dimension and channels as its second - write such as {name: image, datatype: FP32, shape: [-1, 1, 96, 96, 96]}";

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        if (!card.has("images")) {
            return;
        }
        if (!card.has("tensors")) {
            report.accept("/images", "images are for a network that is described by its tensors - add tensors:");
            return;
        }
        if (card.at("/images").has("tiles")) {
            // TilesRule knows what such a network is given and may say.
            return;
        }
        if (card.has("outputs")) {
            predicting(card, report);
        } else {
            for (var side : new String[] {"inputs", "outputs"}) {
                alone(card, side, report);
            }
        }
    }

    /** A network that is only called gives one image. */
    private static void alone(JsonNode card, String side, BiConsumer<String, String> report) {
        var tensors = card.path("tensors").path(side);
        if (tensors.size() != 1 || !isOfImages(tensors.path(0))) {
            report.accept("/tensors/" + side, "a network of images has one of these, " + SHAPE);
        }
    }

    private static boolean isOfImages(JsonNode tensor) {
        return tensor.path("datatype").asText().equals("FP32")
                && tensor.path("shape").path(0).asLong() == TensorSpec.ANY
                && tensor.path("shape").size() >= 2;
    }

    private static void predicting(JsonNode card, BiConsumer<String, String> report) {
        var inputs = card.at("/tensors/inputs");
        if (!isOfImages(inputs.path(0)) || inputs.path(0).path("shape").size() < 4) {
            report.accept("/tensors/inputs/0", "the first input is the image, " + SHAPE);
        }
        var zeros = CardMapper.list(card.at("/images/zeros"), JsonNode::asText);
        for (int i = 1; i < inputs.size(); i++) {
            var name = inputs.get(i).path("name").asText();
            if (!zeros.contains(name)
                    && !name.equals(card.at("/images/words/tensor").asText())) {
                report.accept(
                        "/tensors/inputs/" + i,
                        "nothing gives '%s' its numbers - add it to zeros: in images".formatted(name));
            }
        }
        new WordsRule().check(card, report);
        pictured(card, report);
        for (int i = 0; i < card.path("outputs").size(); i++) {
            output(card, i, report);
        }
    }

    private static void pictured(JsonNode card, BiConsumer<String, String> report) {
        var pictures = CardMapper.list(
                        card.path("inputs"), input -> input.path("value").asText())
                .stream()
                .filter(value -> value.equals(Source.IMAGE) || value.equals(Source.VOLUME))
                .count();
        if (pictures != 1) {
            report.accept(
                    "/inputs",
                    "a network of images has one input of images - write {name: image, from: ImagingStudy?modality=US, value: image}");
        }
        if (!card.path("subject").asText().equals("ImagingStudy")) {
            report.accept("/subject", "what is marked are images - write subject: ImagingStudy");
        }
    }

    private static void output(JsonNode card, int index, BiConsumer<String, String> report) {
        var output = card.path("outputs").get(index);
        var at = "/outputs/" + index;
        if (!List.of("mask", "uncertainty", "probability")
                .contains(output.path("kind").asText())) {
            report.accept(
                    at + "/kind",
                    "a network of images gives no %s - write mask, uncertainty or probability"
                            .formatted(output.path("kind").asText()));
            return;
        }
        var tensor = CardMapper.list(card.at("/tensors/outputs"), node -> node).stream()
                .filter(node ->
                        node.path("name").asText().equals(output.path("tensor").asText()))
                .findFirst();
        if (tensor.isEmpty()) {
            report.accept(at, "no tensor of the network holds it - add tensor: with a name of tensors/outputs");
            return;
        }
        var drawn = !output.path("kind").asText().equals("probability");
        var shape = tensor.get().path("shape");
        if (drawn != shape.size() > 2 || shape.path(1).asLong() != 1) {
            report.accept(
                    at + "/tensor",
                    "a mask or uncertainty is one number for each voxel, [-1, 1, 160, 160], and a probability one for the image, [-1, 1]; '%s' is %s - name another"
                            .formatted(output.path("tensor").asText(), shape));
        }
        if (!drawn && card.at("/images").has("window")) {
            report.accept(
                    at, "a window sees a part of the image, which has no probability of its own - remove the window");
        }
    }
}
