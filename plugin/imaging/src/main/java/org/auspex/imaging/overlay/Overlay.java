package org.auspex.imaging.overlay;

import java.util.List;
import org.auspex.imaging.results.segmentation.Mask;

/** The outlines of masks over the image that they were found in. */
public final class Overlay {

    /** Seen well on grey, told apart with any colour vision: sky blue, orange, yellow, bluish green, reddish purple. */
    private static final int[] COLOURS = {0xFF56B4E9, 0xFFE69F00, 0xFFF0E442, 0xFF009E73, 0xFFCC79A7};

    private Overlay() {}

    /**
     * Draws the picture.
     *
     * @param frame of the masks, from 0
     * @return a PNG, magnified to at least 512 pixels on its longer side
     * @throws IllegalArgumentException if a mask is of another size
     */
    public static byte[] png(Grey image, List<Mask> masks, int frame) {
        var scale = Canvas.scale(image.rows(), image.columns());
        var picture = new Canvas(image.rows() * scale, image.columns() * scale);
        for (int row = 0; row < image.rows(); row++) {
            for (int column = 0; column < image.columns(); column++) {
                picture.fill(row * scale, column * scale, scale, image.colour(row, column));
            }
        }
        for (int i = 0; i < masks.size(); i++) {
            var mask = masks.get(i);
            if (mask.rows() != image.rows() || mask.columns() != image.columns()) {
                throw new IllegalArgumentException("The mask of %s is not about %d rows and %d columns"
                        .formatted(mask, image.rows(), image.columns()));
            }
            outline(picture, scale, mask, frame, COLOURS[i % COLOURS.length]);
        }
        return picture.png();
    }

    private static void outline(Canvas picture, int scale, Mask mask, int frame, int colour) {
        var line = Math.max(1, scale / 2);
        var inside = mask.bits(frame);
        for (int i = inside.nextSetBit(0); i >= 0; i = inside.nextSetBit(i + 1)) {
            var top = i / mask.columns() * scale;
            var left = i % mask.columns() * scale;
            for (int y = top; y < top + scale; y++) {
                for (int x = left; x < left + scale; x++) {
                    if (atEdge(mask, frame, y, x, new int[] {scale, line})) {
                        picture.set(y, x, colour);
                    }
                }
            }
        }
    }

    /** Whether a point of the picture is within the width of a line of a pixel that does not belong to the mask. */
    private static boolean atEdge(Mask mask, int frame, int y, int x, int[] scaleAndLine) {
        int scale = scaleAndLine[0];
        int line = scaleAndLine[1];
        for (int dy = -line; dy <= line; dy += line) {
            for (int dx = -line; dx <= line; dx += line) {
                if (!in(mask, frame, Math.floorDiv(y + dy, scale), Math.floorDiv(x + dx, scale))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean in(Mask mask, int frame, int row, int column) {
        return row >= 0 && row < mask.rows() && column >= 0 && column < mask.columns() && mask.at(frame, row, column);
    }
}
