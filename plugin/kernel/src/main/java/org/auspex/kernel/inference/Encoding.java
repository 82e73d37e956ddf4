package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.auspex.kernel.model.ModelId;
import org.jspecify.annotations.Nullable;

/** What an encoder that is served for many heads says about images. */
record Encoding(ModelId encoder, Encoders encoders) {

    /** @throws InferenceFailed if the encoder does not serve */
    void require() {
        encoders.ask(encoder, network -> List.of());
    }

    /**
     * The maps of images, in the encoder's order.
     *
     * @param image [N, C, H, W], of any N
     * @throws InferenceFailed if there are none, and why
     */
    List<Tensor> maps(Tensor image, Priority priority) {
        return encoders.ask(encoder, network -> maps(network, image, priority));
    }

    private List<Tensor> maps(TensorModel network, Tensor image, Priority priority) {
        var wanted = network.signature().inputs();
        if (wanted.size() != 1 || !network.signature().isBatched()) {
            throw fault("is no encoder: it takes more than one batch of images", null);
        }
        var given = new Tensor(wanted.get(0).name(), image.datatype(), image.shape(), image.data());
        var parts = new ArrayList<List<Tensor>>();
        try {
            for (long from = 0; from < given.rows(); from += network.maxRows()) {
                var rows = given.rows(from, Math.min(from + network.maxRows(), given.rows()));
                parts.add(network.infer(List.of(rows), priority, Optional.empty()));
            }
        } catch (TensorRefused e) {
            throw fault("does not take the image of its head", e);
        }
        return IntStream.range(0, parts.get(0).size())
                .mapToObj(map ->
                        Tensor.joined(parts.stream().map(part -> part.get(map)).toList()))
                .toList();
    }

    private InferenceFailed fault(String what, @Nullable Throwable cause) {
        return new InferenceFailed(InferenceFailed.Kind.FAULT, "%s %s".formatted(encoder, what), cause);
    }
}
