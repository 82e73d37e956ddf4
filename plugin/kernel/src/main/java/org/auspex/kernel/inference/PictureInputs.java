package org.auspex.kernel.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.images.Batch;
import org.auspex.kernel.model.TensorSpec;
import org.auspex.kernel.model.Words;

/**
 * What a network of pictures is given: the images, and beside them the words of a report or zeros.
 *
 * @param specs the image first
 */
record PictureInputs(List<TensorSpec> specs, Optional<Words> words) {

    PictureInputs {
        specs = List.copyOf(specs);
    }

    List<Tensor> of(Batch images, Features features) {
        var shape = images.shape().stream().mapToLong(Integer::longValue).toArray();
        var image = Tensor.of(specs.get(0).name(), images.values(), shape);
        return Stream.concat(
                        Stream.of(image),
                        specs.stream()
                                .skip(1)
                                .map(spec -> beside(spec, images.shape().get(0), features)))
                .toList();
    }

    private Tensor beside(TensorSpec spec, int rows, Features features) {
        var shape = new ArrayList<>(spec.shape());
        shape.set(0, (long) rows);
        var numbers = shape.stream().reduce(1L, Math::multiplyExact);
        var data = ByteBuffer.allocate(Math.toIntExact(numbers * spec.datatype().bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        words.filter(read -> read.tensor().equals(spec.name())).ifPresent(read -> {
            var said = read.numbers(features);
            var wide = Math.toIntExact(spec.shape().get(1));
            for (int i = 0; i < rows * said.size(); i++) {
                data.putLong((i / said.size() * wide + i % said.size()) * Long.BYTES, said.get(i % said.size()));
            }
        });
        return new Tensor(spec.name(), spec.datatype(), shape, data);
    }
}
