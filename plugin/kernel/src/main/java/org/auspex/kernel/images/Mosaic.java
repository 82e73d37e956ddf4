package org.auspex.kernel.images;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** An image taken apart into windows, and what was said about them put together again. */
final class Mosaic {

    private final Volume image;
    private final float[] weights;
    private final OptionalInt slice;
    private final float[] counts;
    private final List<Volume> sums = new ArrayList<>(1);

    /**
     * @param weights of a window's voxels
     * @param slice the axis that the network does not know, along which a window has one voxel
     */
    Mosaic(Volume image, float[] weights, OptionalInt slice) {
        this.image = image;
        this.weights = weights;
        this.slice = slice;
        this.counts = new float[image.voxels()];
    }

    /** Windows one behind the other, each with all channels. */
    Batch batch(List<Box> windows) {
        var numbers = image.blank(
                windows.size() * image.channels(), new Grid(windows.get(0).size(), Affine.identity()));
        var values = numbers.values();
        for (int i = 0; i < windows.size(); i++) {
            var window = windows.get(i).of(image, Padding.CONSTANT, 0).values();
            System.arraycopy(window, 0, values, i * window.length, window.length);
        }
        return new Batch(shape(windows, image.channels()), values);
    }

    private List<Integer> shape(List<Box> windows, int channels) {
        var shape = new ArrayList<Integer>(List.of(windows.size(), channels));
        var sizes = new ArrayList<>(windows.get(0).size());
        slice.ifPresent(axis -> sizes.remove(axis));
        shape.addAll(sizes);
        return shape;
    }

    /** Adds what was said about some windows. */
    void add(List<Box> windows, Batch said) {
        var wanted = shape(windows, said.channels());
        if (!said.shape().equals(wanted)) {
            throw new ImageRefused(
                    "the network answered %s for %d windows, not %s".formatted(said.shape(), windows.size(), wanted));
        }
        if (sums.isEmpty()) {
            sums.add(image.blank(said.channels()));
        }
        for (int i = 0; i < windows.size(); i++) {
            add(windows.get(i), said.values(), i * said.channels() * weights.length);
        }
    }

    private void add(Box window, float[] said, int from) {
        var sum = sums.get(0);
        var inside = new Grid(window.size(), Affine.identity());
        var index = new int[inside.rank()];
        for (int i = 0; i < weights.length; i++) {
            int at = 0;
            for (int axis = 0; axis < index.length; axis++) {
                at += (window.start().get(axis) + index[axis]) * image.grid().stride(axis);
            }
            counts[at] += weights[i];
            for (int channel = 0; channel < sum.channels(); channel++) {
                sum.values()[channel * counts.length + at] += weights[i] * said[from + channel * weights.length + i];
            }
            Turn.advance(index, inside);
        }
    }

    /** The weighted mean of what was said about each voxel; nothing may be added after that. */
    Volume mean() {
        var mean = sums.get(0);
        for (int i = 0; i < mean.values().length; i++) {
            mean.values()[i] /= counts[i % counts.length];
        }
        return mean;
    }
}
