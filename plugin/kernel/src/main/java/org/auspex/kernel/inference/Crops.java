package org.auspex.kernel.inference;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws batches of crops from examples: at a random place, mirrored left to right or not, a little brighter or darker. Up and down
 * stay, because depth has a meaning in ultrasound.
 */
final class Crops {

    private static final double GAIN = 0.1;

    private final List<Example> examples;
    private final int side;
    private final RandomGenerator random;

    /**
     * @param examples at least one; all with as many channels
     * @param longest side of a crop; shorter where an example is
     */
    Crops(List<Example> examples, int longest, RandomGenerator random) {
        this.examples = List.copyOf(examples);
        this.random = random;
        var shortest = examples.stream()
                .mapToInt(example -> Math.min(example.rows(), example.columns()))
                .min()
                .orElseThrow();
        this.side = Math.min(longest, shortest) / Example.STRIDE * Example.STRIDE;
    }

    /** So many crops of one size. */
    Drawn draw(int count) {
        var channels = examples.get(0).image().channels();
        var images = new float[count * channels * side * side];
        var masks = new float[count * side * side];
        var intoImages = FloatBuffer.wrap(images);
        var intoMasks = FloatBuffer.wrap(masks);
        for (int i = 0; i < count; i++) {
            var cut = cut();
            var gain = (float) (1 + GAIN * (2 * random.nextDouble() - 1));
            for (int channel = 0; channel < channels; channel++) {
                cut.copy(cut.example().image().values(), channel, gain, intoImages);
            }
            cut.copy(cut.example().mask().values(), 0, 1, intoMasks);
        }
        return new Drawn(
                Tensor.of("image", images, count, channels, side, side),
                Tensor.of("mask", masks, count, 1, side, side));
    }

    /**
     * A batch.
     *
     * @param image [count, channels, side, side]
     * @param mask [count, 1, side, side]
     */
    record Drawn(Tensor image, Tensor mask) {}

    private Cut cut() {
        var example = examples.get(random.nextInt(examples.size()));
        return new Cut(
                example,
                random.nextInt(example.rows() - side + 1),
                random.nextInt(example.columns() - side + 1),
                random.nextBoolean(),
                side);
    }

    /** Where a crop lies in its example. */
    private record Cut(Example example, int row, int column, boolean mirrored, int side) {

        void copy(float[] planes, int channel, float gain, FloatBuffer to) {
            for (int i = 0; i < side; i++) {
                var start = (channel * example.rows() + row + i) * example.columns() + column;
                for (int j = 0; j < side; j++) {
                    to.put(gain * planes[mirrored ? start + side - 1 - j : start + j]);
                }
            }
        }
    }
}
