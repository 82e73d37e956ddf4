package org.auspex.imaging.results.reading;

import java.util.BitSet;
import java.util.List;
import org.auspex.imaging.pixels.Plane;
import org.auspex.imaging.pixels.SourceFrame;

/** How the pixels of a frame in one plane become those of a frame in the same plane, turned or mirrored as it may be. */
final class Alignment {

    /** Millimetres. */
    private static final double SAME_PLACE = 0.1;

    private static final double SAME_DIRECTION = 1e-3;

    private final Plane from;
    private final Plane to;

    Alignment(Plane from, Plane to) {
        this.from = from;
        this.to = to;
    }

    /** Whether pixels of the same row and column lie at the same place. */
    boolean identical() {
        return near(from.position(), to.position(), SAME_PLACE)
                && near(from.along(), to.along(), SAME_DIRECTION)
                && near(from.spacing(), to.spacing(), SAME_DIRECTION);
    }

    /** Whether both lie in one plane. */
    boolean coplanar() {
        var normal = cross(from.along());
        var parallel = Math.abs(dot(normal, cross(to.along()))) > 1 - SAME_DIRECTION;
        return parallel && Math.abs(dot(normal, between(from.position(), to.position()))) < SAME_PLACE;
    }

    /** For each pixel of the frame that it becomes, the nearest pixel of that which it was. */
    BitSet moved(BitSet pixels, int rows, int columns, SourceFrame target) {
        var moved = new BitSet();
        for (int row = 0; row < target.rows(); row++) {
            for (int column = 0; column < target.columns(); column++) {
                var offset = between(from.position(), place(row, column));
                var fromColumn = Math.round(
                        dot(offset, from.along().subList(0, 3)) / from.spacing().get(1));
                var fromRow = Math.round(
                        dot(offset, from.along().subList(3, 6)) / from.spacing().get(0));
                var inside = fromRow >= 0 && fromRow < rows && fromColumn >= 0 && fromColumn < columns;
                if (inside && pixels.get((int) (fromRow * columns + fromColumn))) {
                    moved.set(row * target.columns() + column);
                }
            }
        }
        return moved;
    }

    private List<Double> place(int row, int column) {
        var place = new Double[3];
        for (int i = 0; i < 3; i++) {
            place[i] = to.position().get(i)
                    + to.along().get(i) * column * to.spacing().get(1)
                    + to.along().get(3 + i) * row * to.spacing().get(0);
        }
        return List.of(place);
    }

    private static boolean near(List<Double> one, List<Double> other, double tolerance) {
        for (int i = 0; i < one.size(); i++) {
            if (Math.abs(one.get(i) - other.get(i)) > tolerance) {
                return false;
            }
        }
        return true;
    }

    private static List<Double> between(List<Double> one, List<Double> other) {
        return List.of(other.get(0) - one.get(0), other.get(1) - one.get(1), other.get(2) - one.get(2));
    }

    private static double dot(List<Double> one, List<Double> other) {
        return one.get(0) * other.get(0) + one.get(1) * other.get(1) + one.get(2) * other.get(2);
    }

    private static List<Double> cross(List<Double> along) {
        var cross = new Double[3];
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            cross[i] = along.get(j) * along.get(3 + k) - along.get(k) * along.get(3 + j);
        }
        return List.of(cross);
    }
}
