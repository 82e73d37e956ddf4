package org.auspex.kernel.images;

/**
 * Some of the channels, as Python writes {@code x[first:end]}.
 *
 * @param first negative = counted from the end
 * @param end exclusive; negative = counted from the end
 */
public record Channels(int first, int end) implements Step {

    @Override
    public Volume apply(Volume image, Trail trail) {
        int from = Math.max(first < 0 ? first + image.channels() : first, 0);
        int to = Math.min(end < 0 ? end + image.channels() : end, image.channels());
        if (from >= to) {
            throw new ImageRefused("channels %d to %d of %d are none".formatted(first, end, image.channels()));
        }
        var some = image.blank(to - from);
        System.arraycopy(image.values(), from * image.voxels(), some.values(), 0, some.values().length);
        return some;
    }
}
