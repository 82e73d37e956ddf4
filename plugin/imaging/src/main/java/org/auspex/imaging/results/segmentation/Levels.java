package org.auspex.imaging.results.segmentation;

import java.util.ArrayList;
import java.util.List;

/** Probabilities as they are stored: 0 to 255. */
record Levels(List<byte[]> frames) {

    private static final int MOST = 255;

    /** @throws IllegalArgumentException if a number is no probability */
    static Levels of(Raster raster) {
        var frames = new ArrayList<byte[]>();
        for (var numbers : raster.frames()) {
            var levels = new byte[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                if (numbers[i] < 0 || numbers[i] > 1) {
                    throw new IllegalArgumentException(numbers[i] + " is no probability");
                }
                levels[i] = (byte) Math.round(numbers[i] * MOST);
            }
            frames.add(levels);
        }
        return new Levels(frames);
    }

    boolean any(int frame) {
        for (var level : frames.get(frame)) {
            if (level != 0) {
                return true;
            }
        }
        return false;
    }

    void write(int frame, byte[] into, int at) {
        var levels = frames.get(frame);
        System.arraycopy(levels, 0, into, at, levels.length);
    }
}
