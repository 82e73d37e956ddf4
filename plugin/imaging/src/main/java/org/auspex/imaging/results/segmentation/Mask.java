package org.auspex.imaging.results.segmentation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which pixels of the source's frames something was found in. It is not changed once it is made. */
public final class Mask {

    private final int rows;
    private final int columns;
    private final List<BitSet> frames;

    /**
     * A mask.
     *
     * @param frames of each source frame, in the source's order: the pixels that belong to it, counted row by row
     * @throws IllegalArgumentException if one lies outside of the rows
     */
    public Mask(int rows, int columns, List<BitSet> frames) {
        this.rows = rows;
        this.columns = columns;
        this.frames = List.copyOf(frames);
        for (var frame : frames) {
            if (frame.length() > (long) rows * columns) {
                throw new IllegalArgumentException(
                        "Pixel %d lies outside of %d rows and %d columns".formatted(frame.length() - 1, rows, columns));
            }
        }
    }

    /** The pixels whose number is above a threshold. */
    public static Mask above(Raster raster, double threshold) {
        var frames = new ArrayList<BitSet>();
        for (var numbers : raster.frames()) {
            var frame = new BitSet(numbers.length);
            for (int i = 0; i < numbers.length; i++) {
                frame.set(i, numbers[i] > threshold);
            }
            frames.add(frame);
        }
        return new Mask(raster.rows(), raster.columns(), frames);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** How many frames the source has. */
    public int frames() {
        return frames.size();
    }

    public boolean at(int frame, int row, int column) {
        return frames.get(frame).get(row * columns + column);
    }

    /** How many pixels of a frame belong to it. */
    public int pixels(int frame) {
        return frames.get(frame).cardinality();
    }

    /** How many pixels of all frames belong to it. */
    public long pixels() {
        return frames.stream().mapToLong(BitSet::cardinality).sum();
    }

    /** The pixels of a frame, counted row by row. A copy. */
    public BitSet frame(int frame) {
        return (BitSet) frames.get(frame).clone();
    }

    /** Not a copy. */
    public BitSet bits(int frame) {
        return frames.get(frame);
    }

    /**
     * What belongs to either.
     *
     * @throws IllegalArgumentException if they are not about the same grid
     */
    public Mask or(Mask other) {
        if (frames() != other.frames() || rows != other.rows || columns != other.columns) {
            throw new IllegalArgumentException("%s and %s are not about the same grid".formatted(this, other));
        }
        var either = new ArrayList<BitSet>();
        for (int i = 0; i < frames.size(); i++) {
            var frame = frame(i);
            frame.or(other.frames.get(i));
            either.add(frame);
        }
        return new Mask(rows, columns, either);
    }

    boolean overlaps(Mask other) {
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).intersects(other.frames.get(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask mask && rows == mask.rows && columns == mask.columns && frames.equals(mask.frames);
    }

    @Override
    public int hashCode() {
        return frames.hashCode();
    }

    @Override
    public String toString() {
        return "%d of %d frames with %d rows and %d columns".formatted(pixels(), frames.size(), rows, columns);
    }
}
