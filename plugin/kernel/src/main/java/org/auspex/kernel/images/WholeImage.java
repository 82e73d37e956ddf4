package org.auspex.kernel.images;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The network sees all of it at once. It may say something about each voxel, or one thing about the image. */
public record WholeImage() implements Inference {

    @Override
    public Volume run(Volume image, UnaryOperator<Batch> network) {
        var shape = new ArrayList<Integer>(List.of(1, image.channels()));
        shape.addAll(image.grid().shape());
        var answer = network.apply(new Batch(shape, image.values()));
        if (answer.count() != 1) {
            throw new ImageRefused("the network answered %s for one image".formatted(answer.shape()));
        }
        var said = image.blank(
                answer.channels(), new Grid(answer.voxels(), image.grid().affine()));
        System.arraycopy(answer.values(), 0, said.values(), 0, said.values().length);
        return said;
    }
}
