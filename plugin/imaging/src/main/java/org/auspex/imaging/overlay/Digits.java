package org.auspex.imaging.overlay;

/** Numbers drawn as blocks of 3 by 5, since a server may have no fonts. */
final class Digits {

    static final int HEIGHT = 5;

    private static final int WIDTH = 3;
    private static final String KNOWN = "0123456789.-";

    /** Five rows of three, the top row first. */
    private static final int[] SHAPES = {
        0b111_101_101_101_111,
        0b010_110_010_010_111,
        0b111_001_111_100_111,
        0b111_001_111_001_111,
        0b101_101_111_001_001,
        0b111_100_111_001_111,
        0b111_100_111_101_111,
        0b111_001_001_001_001,
        0b111_101_111_101_111,
        0b111_101_111_001_111,
        0b000_000_000_000_010,
        0b000_000_111_000_000
    };

    private final Canvas picture;
    private final int size;
    private final int colour;

    /** @param size pixels of a block */
    Digits(Canvas picture, int size, int colour) {
        this.picture = picture;
        this.size = size;
        this.colour = colour;
    }

    static int width(String number, int size) {
        return number.length() * (WIDTH + 1) * size;
    }

    /** @throws IllegalArgumentException if it is no number */
    void write(String number, int left, int top) {
        for (int i = 0; i < number.length(); i++) {
            var shape = KNOWN.indexOf(number.charAt(i));
            if (shape < 0) {
                throw new IllegalArgumentException("'%s' is no number".formatted(number));
            }
            draw(SHAPES[shape], left + i * (WIDTH + 1) * size, top);
        }
    }

    private void draw(int shape, int left, int top) {
        for (int y = 0; y < HEIGHT * size; y++) {
            for (int x = 0; x < WIDTH * size; x++) {
                var bit = (HEIGHT - 1 - y / size) * WIDTH + WIDTH - 1 - x / size;
                if ((shape >> bit & 1) == 1) {
                    picture.set(top + y, left + x, colour);
                }
            }
        }
    }
}
