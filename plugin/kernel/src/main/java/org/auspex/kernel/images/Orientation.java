package org.auspex.kernel.images;

import java.util.List;
import java.util.Optional;

/**
 * Turns and flips axes, so that the first points most nearly to the first of the named directions, and so on. No number
 * changes. As MONAI's {@code Orientation}, which asks nibabel's {@code io_orientation}.
 *
 * @param axes one letter each of L or R, P or A, and I or S, such as {@code RAS}
 */
public record Orientation(String axes) implements Step {

    /** By world axis: towards negative and towards positive millimetres. */
    private static final List<String> DIRECTIONS = List.of("LR", "PA", "IS");

    /** @throws IllegalArgumentException if the letters are none such */
    public Orientation {
        var found = new boolean[3];
        for (var letter : axes.toCharArray()) {
            var world = world(letter);
            if (found[world]) {
                throw new IllegalArgumentException("'%s' names a direction twice".formatted(axes));
            }
            found[world] = true;
        }
        if (axes.length() != 2 && axes.length() != 3) {
            throw new IllegalArgumentException("'%s' has not three letters, such as RAS".formatted(axes));
        }
    }

    private static int world(char letter) {
        for (int i = 0; i < DIRECTIONS.size(); i++) {
            if (DIRECTIONS.get(i).indexOf(letter) >= 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("'%s' is no direction, such as L or R, P or A, I or S".formatted(letter));
    }

    @Override
    public Optional<Step> forMask() {
        return Optional.of(this);
    }

    @Override
    public Volume apply(Volume image, Trail trail) {
        var grid = image.grid();
        var rank = grid.rank();
        image.requireRank("Orientation", axes.length() == 2 ? List.of(2) : List.of(2, 3));
        var closest = Directions.of(grid.affine(), rank);
        var source = new int[rank];
        var flipped = new boolean[rank];
        for (int out = 0; out < rank; out++) {
            var world = world(axes.charAt(out));
            source[out] = closest.axis(world)
                    .orElseThrow(() ->
                            new ImageRefused("Orientation %s: no axis of the image points there".formatted(axes)));
            var positive = DIRECTIONS.get(world).indexOf(axes.charAt(out)) == 1;
            flipped[out] = closest.isPositive(source[out]) != positive;
        }
        var turn = new Turn(source, flipped);
        trail.note((prediction, nearest) -> turn.back(prediction, grid));
        return turn.apply(image);
    }
}
