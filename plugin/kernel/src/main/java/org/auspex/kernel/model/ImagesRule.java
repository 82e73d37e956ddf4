package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;

/** A card with steps for images describes one network from images to one answer. */
final class ImagesRule implements CardRule {

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        if (!card.has("images")) {
            return;
        }
        if (!card.has("tensors")) {
            report.accept("/images", "images are for a network that is described by its tensors - add tensors:");
            return;
        }
        for (var side : new String[] {"inputs", "outputs"}) {
            var tensors = card.path("tensors").path(side);
            var only = tensors.path(0);
            if (tensors.size() != 1
                    || !only.path("datatype").asText().equals("FP32")
                    || only.path("shape").path(0).asLong() != TensorSpec.ANY
                    || only.path("shape").size() < 2) {
                report.accept(
                        "/tensors/" + side,
                        "a network of images has one of these, FP32, with the images of a batch as its first dimension"
                                + " and channels as its second - write such as {name: image, datatype: FP32, shape: [-1, 1, 96, 96, 96]}");
            }
        }
    }
}
