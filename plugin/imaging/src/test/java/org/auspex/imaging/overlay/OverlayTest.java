package org.auspex.imaging.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Raster;
import org.junit.jupiter.api.Test;

class OverlayTest {

    private static final int SKY_BLUE = 0xFF56B4E9;

    @Test
    void drawsTheOutlineInsideOfTheMaskAndLeavesTheRest() throws IOException {
        var picture = read(Overlay.png(Phantom.image(), List.of(Phantom.mask()), 0));

        assertThat(picture.getWidth()).isEqualTo(640);
        assertThat(picture.getHeight()).isEqualTo(480);
        var mask = Phantom.mask();
        for (int row = 1; row < Phantom.ROWS - 1; row++) {
            for (int column = 1; column < Phantom.COLUMNS - 1; column++) {
                var expected = mask.at(0, row, column) && touchesOutside(mask, row, column);
                assertThat(hasColour(picture, row, column))
                        .as("%d, %d", row, column)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void showsGreyAsItIsWindowed() throws IOException {
        var grey = Grey.windowed(1, 3, new float[] {-100, 50, 900}, 0, 100);
        var nothing = Mask.above(new Raster(1, 3, List.of(new float[3])), 0.5);

        var picture = read(Overlay.png(grey, List.of(nothing), 0));

        assertThat(picture.getRGB(0, 0)).isEqualTo(0xFF000000);
        assertThat(picture.getRGB(200, 0)).isEqualTo(0xFF808080);
        assertThat(picture.getRGB(500, 0)).isEqualTo(0xFFFFFFFF);
    }

    @Test
    void coloursNumbersAndSaysWhichColourIsWhich() throws IOException {
        var numbers = new Raster(1, 2, List.of(new float[] {0, 1}));

        var picture = read(ColourMap.png(numbers, 0, 0, 1));

        assertThat(picture.getRGB(0, 0)).isEqualTo(0xFF440154);
        assertThat(picture.getRGB(511, 0)).isEqualTo(0xFFFDE725);
        var bar = 512 + 12 + 12;
        assertThat(picture.getRGB(bar, 0)).isEqualTo(0xFFFDE725);
        assertThat(picture.getRGB(bar, 255)).isEqualTo(0xFF440154);
        var firstLabel = 512 + 12 + 24 + 12;
        assertThat(picture.getRGB(firstLabel + 5, 0)).isEqualTo(0xFFFFFFFF);
    }

    @Test
    void keepsAByteForEachPixelWhereTheColoursAreFew() throws IOException {
        var levels = new float[256 * 300];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (i % 256) / 255f;
        }
        var everyGrey = new Grey(300, 256, levels);
        var masks = IntStream.range(0, 5)
                .mapToObj(i -> Mask.above(new Raster(300, 256, List.of(rowOf(levels.length, i))), 0.5))
                .toList();
        var ramp = new Raster(300, 256, List.of(levels));

        var overlay = read(Overlay.png(everyGrey, masks, 0));

        assertThat(overlay.getColorModel()).isInstanceOf(IndexColorModel.class);
        assertThat(overlay.getRGB(7, 2)).isEqualTo(0xFFE69F00);
        assertThat(overlay.getRGB(200, 599) & 0xFF).isCloseTo(100, within(1));
        assertThat(read(ColourMap.png(ramp, 0, 0, 1)).getColorModel()).isInstanceOf(IndexColorModel.class);
    }

    @Test
    void keepsEveryColourWhereTheyAreMany() throws IOException {
        var rgb = IntStream.range(0, 512 * 512).map(i -> i * 61).toArray();

        var picture = read(new HeatMap(512, 512, rgb).png());

        assertThat(picture.getRGB(0, 0, 512, 512, null, 0, 512))
                .isEqualTo(Arrays.stream(rgb).map(colour -> 0xFF000000 | colour).toArray());
    }

    /** 1 in one of the rows, else 0. */
    private static float[] rowOf(int pixels, int row) {
        var numbers = new float[pixels];
        Arrays.fill(numbers, row * 256, (row + 1) * 256, 1);
        return numbers;
    }

    @Test
    void refusesAMaskOfAnotherImage() {
        var small = Grey.windowed(1, 1, new float[1], 0, 1);

        assertThatThrownBy(() -> Overlay.png(small, List.of(Phantom.mask()), 0))
                .hasMessageContaining("is not about 1 rows and 1 columns");
    }

    private static boolean touchesOutside(Mask mask, int row, int column) {
        for (int r = -1; r <= 1; r++) {
            for (int c = -1; c <= 1; c++) {
                if (!mask.at(0, row + r, column + c)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasColour(BufferedImage picture, int row, int column) {
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                if (picture.getRGB(column * 4 + x, row * 4 + y) == SKY_BLUE) {
                    return true;
                }
            }
        }
        return false;
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
