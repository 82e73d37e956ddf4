package org.auspex.imaging.pixels;

import java.util.List;
import java.util.stream.IntStream;

/** Which frames of a loop are taken. */
public interface Sampling {

    /** Numbers from 1 to {@code frames}, in order. */
    List<Integer> of(int frames);

    /** The first, and every so manieth after it. */
    static Sampling every(int step) {
        require(step);
        return frames -> IntStream.iterate(1, number -> number <= frames, number -> number + step)
                .boxed()
                .toList();
    }

    /** So many, from the middles of equal parts of the loop; all if there are no more. */
    static Sampling evenly(int count) {
        require(count);
        return frames -> {
            int taken = Math.min(count, frames);
            return IntStream.range(0, taken)
                    .mapToObj(i -> (int) ((2L * i + 1) * frames / (2L * taken)) + 1)
                    .toList();
        };
    }

    private static void require(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("a sampling of " + number + " frames; it must be at least 1");
        }
    }
}
