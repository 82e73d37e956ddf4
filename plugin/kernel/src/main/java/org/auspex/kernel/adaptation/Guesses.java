package org.auspex.kernel.adaptation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.auspex.kernel.images.Activation;
import org.auspex.kernel.images.Trail;
import org.auspex.kernel.images.Volume;
import org.auspex.kernel.inference.Example;
import org.auspex.kernel.inference.Tensor;

/** What a head sees in images that nobody marked. */
final class Guesses {

    /** Share of an image; less is nothing. */
    private static final double LEAST = 0.003;

    private static final double SURELY_NOT = 0.25;
    private static final double SURELY = 0.75;
    private static final double BURDEN = 0.3;
    private static final int FEW = 20;

    private final List<Volume> images;
    private final List<float[]> likely;

    private Guesses(List<Volume> images, List<float[]> likely) {
        this.images = List.copyOf(images);
        this.likely = List.copyOf(likely);
    }

    /**
     * Asks about each image and its mirror image.
     *
     * @param images as the network sees them
     * @param head from an image [1, C, H, W] to logits [1, 1, H, W]
     */
    static Guesses of(List<Volume> images, UnaryOperator<Tensor> head) {
        return new Guesses(
                images, images.stream().map(image -> probabilities(image, head)).toList());
    }

    private static float[] probabilities(Volume image, UnaryOperator<Tensor> head) {
        int columns = image.grid().shape().get(1);
        var mirrored = answer(image, mirrored(image.values(), columns), head);
        return mean(answer(image, image.values(), head), mirrored(mirrored, columns));
    }

    /** @throws org.auspex.kernel.images.ImageRefused if it is no mask of the image */
    private static float[] answer(Volume image, float[] values, UnaryOperator<Tensor> head) {
        var shape = image.grid().shape();
        var answer = head.apply(Tensor.of("image", values, 1, image.channels(), shape.get(0), shape.get(1)))
                .values();
        var logits = new float[answer.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) answer[i];
        }
        var mask = new Volume(1, image.grid(), logits, image.values().length);
        return Activation.SIGMOID.apply(mask, new Trail()).values();
    }

    private static float[] mirrored(float[] planes, int columns) {
        var mirrored = new float[planes.length];
        for (int i = 0; i < planes.length; i++) {
            mirrored[i] = planes[i - i % columns + columns - 1 - i % columns];
        }
        return mirrored;
    }

    private static float[] mean(float[] one, float[] other) {
        var mean = new float[one.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (one[i] + other[i]) / 2;
        }
        return mean;
    }

    /** The images in which the head is surest of what it sees, each pixel as heavy as it is sure; none in which it sees nothing. */
    List<Example> surest(double share) {
        record Scored(int place, double score) {}
        var scored = new ArrayList<Scored>();
        for (int i = 0; i < images.size(); i++) {
            var place = i;
            score(likely.get(i)).ifPresent(score -> scored.add(new Scored(place, score)));
        }
        return scored.stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .limit(Math.round(share * images.size()))
                .map(one -> example(images.get(one.place()), likely.get(one.place())))
                .toList();
    }

    /** High where what is seen is likely and little around it is doubtful; empty if nothing is seen. */
    private static Optional<Double> score(float[] probabilities) {
        double sum = 0;
        int seen = 0;
        int doubtful = 0;
        for (var probability : probabilities) {
            if (probability > 0.5) {
                sum += probability;
                seen++;
            }
            if (probability > SURELY_NOT && probability < SURELY) {
                doubtful++;
            }
        }
        return seen == 0 || seen < LEAST * probabilities.length
                ? Optional.empty()
                : Optional.of(sum / seen - BURDEN * doubtful / Math.max(FEW, seen));
    }

    private static Example example(Volume image, float[] probabilities) {
        var mask = new float[probabilities.length];
        var weight = new float[probabilities.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = probabilities[i] > 0.5 ? 1 : 0;
            weight[i] = Math.abs(2 * probabilities[i] - 1);
        }
        return new Example(
                image,
                new Volume(1, image.grid(), mask, mask.length),
                Optional.of(new Volume(1, image.grid(), weight, weight.length)));
    }
}
