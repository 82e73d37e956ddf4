package org.auspex.kernel.inference;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws batches of crops from examples: at a random place, mirrored left to right or not, a little brighter or darker. Up and down
 * stay, because depth has a meaning in ultrasound.
 *
 * <p>Where marks are guessed, most of a batch is of those; in half of these a box is exchanged with a labelled crop, wherever the marks are, so that both
 * meet in one picture (CutMix, Yun 2019; both ways, Bai 2023).
 */
final class Crops {

    private static final double GAIN = 0.1;
    private static final double GUESSED = 0.6;
    private static final double SHORTEST_BOX = 0.4;
    private static final double LONGEST_BOX = 0.75;

    private final Examples examples;
    private final int side;
    private final RandomGenerator random;

    /** @param longest side of a crop; shorter where an example is */
    Crops(Examples examples, int longest, RandomGenerator random) {
        this.examples = examples;
        this.random = random;
        var shortest = examples.all()
                .mapToInt(example -> Math.min(example.rows(), example.columns()))
                .min()
                .orElseThrow();
        this.side = Math.min(longest, shortest) / Example.STRIDE * Example.STRIDE;
    }

    /** So many crops of one size. */
    Drawn draw(int count) {
        var channels = examples.labelled().get(0).image().channels();
        var drawn = new Drawn(
                count,
                channels,
                side,
                new float[count * channels * side * side],
                new float[count * side * side],
                new float[count * side * side]);
        var guesses = examples.guessed().isEmpty() ? 0 : (int) Math.round(count * GUESSED);
        for (int i = 0; i < count; i++) {
            if (i < count - guesses) {
                cut(examples.labelled()).paint(drawn, i, whole());
            } else {
                guess(drawn, i);
            }
        }
        return drawn;
    }

    private void guess(Drawn drawn, int place) {
        var guessed = cut(examples.guessed());
        if (random.nextBoolean()) {
            guessed.paint(drawn, place, whole());
            return;
        }
        var labelled = cut(examples.labelled());
        var isInside = random.nextBoolean();
        (isInside ? labelled : guessed).paint(drawn, place, whole());
        (isInside ? guessed : labelled).paint(drawn, place, box());
    }

    private Box whole() {
        return new Box(0, 0, side, side);
    }

    private Box box() {
        var height = length();
        var width = length();
        var top = random.nextInt(side - height + 1);
        var left = random.nextInt(side - width + 1);
        return new Box(top, left, top + height, left + width);
    }

    private int length() {
        return (int) (side * (SHORTEST_BOX + (LONGEST_BOX - SHORTEST_BOX) * random.nextDouble()));
    }

    private Cut cut(List<Example> from) {
        var example = from.get(random.nextInt(from.size()));
        return new Cut(
                example,
                random.nextInt(example.rows() - side + 1),
                random.nextInt(example.columns() - side + 1),
                random.nextBoolean(),
                (float) (1 + GAIN * (2 * random.nextDouble() - 1)));
    }

    /** Part of a crop, from the first to before the last row and column. */
    private record Box(int top, int left, int bottom, int right) {}

    /** A batch: images [count, channels, side, side]; masks and weights [count, 1, side, side]. */
    static final class Drawn {

        private final int count;
        private final int channels;
        private final int side;
        private final float[] images;
        private final float[] masks;
        private final float[] weights;

        private Drawn(int count, int channels, int side, float[] images, float[] masks, float[] weights) {
            this.count = count;
            this.channels = channels;
            this.side = side;
            this.images = images;
            this.masks = masks;
            this.weights = weights;
        }

        Tensor image() {
            return Tensor.of("image", images, count, channels, side, side);
        }

        Tensor mask() {
            return Tensor.of("mask", masks, count, 1, side, side);
        }

        Tensor weight() {
            return Tensor.of("weight", weights, count, 1, side, side);
        }
    }

    /** Where a crop lies in its example, and how much brighter it is. */
    private record Cut(Example example, int row, int column, boolean mirrored, float gain) {

        /** Paints a part of the crop at the same part of a place in a batch. */
        void paint(Drawn drawn, int place, Box box) {
            for (int channel = 0; channel < drawn.channels; channel++) {
                copy(
                        example.image().values(),
                        channel,
                        gain,
                        box,
                        drawn.images,
                        place * drawn.channels + channel,
                        drawn.side);
            }
            copy(example.mask().values(), 0, 1, box, drawn.masks, place, drawn.side);
            if (example.weight().isPresent()) {
                copy(example.weight().get().values(), 0, 1, box, drawn.weights, place, drawn.side);
            } else {
                for (int i = box.top; i < box.bottom; i++) {
                    var start = (place * drawn.side + i) * drawn.side;
                    Arrays.fill(drawn.weights, start + box.left, start + box.right, 1);
                }
            }
        }

        private void copy(float[] planes, int channel, float by, Box box, float[] to, int plane, int side) {
            for (int i = box.top; i < box.bottom; i++) {
                var start = (channel * example.rows() + row + i) * example.columns() + column;
                for (int j = box.left; j < box.right; j++) {
                    to[(plane * side + i) * side + j] = by * planes[mirrored ? start + side - 1 - j : start + j];
                }
            }
        }
    }
}
