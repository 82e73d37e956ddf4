package org.auspex.imaging.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.junit.jupiter.api.Test;

class SlideTest {

    private static final int TILE = 4;

    private final PixelReader reader = new PixelReader(PixelLimits.DEFAULT);

    @Test
    void readsARegionAcrossTiles() throws IOException {
        var slide = Slide.of(List.of(full(10, 7), full(5, 4)), reader);

        assertThat(slide.levels().stream().map(Slide.Level::columns)).containsExactly(10, 5);
        // tile 2 (of 3 across) begins at column 4, tile 5 below it
        assertThat(slide.region(0, new Slide.Region(3, 3, 3, 2)))
                .containsExactly(
                        grey(1, 3, 3), grey(2, 0, 3), grey(2, 1, 3), grey(4, 3, 0), grey(5, 0, 0), grey(5, 1, 0));
        assertThat(slide.region(1, new Slide.Region(4, 0, 1, 1))).containsExactly(grey(2, 0, 0));
        assertThat(slide.tiles(0, new Slide.Region(3, 3, 3, 2)).stream().map(SourceFrame::number))
                .containsExactly(1, 2, 4, 5);
        assertThat(slide.levels().get(0).spacing()).contains(new SourceFrame.Spacing(0.00025, 0.00025));
    }

    @Test
    void leavesWhiteWhatASparseSlideHasNot() throws IOException {
        var dataset = level(10, 7, 2)
                .set(Tags.DIMENSION_ORGANIZATION_TYPE, Vr.CS, "TILED_SPARSE")
                .set(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, place(5, 5), place(1, 1));

        var slide = Slide.of(List.of(Examples.plain(dataset)), reader);

        assertThat(slide.region(0, new Slide.Region(3, 3, 2, 2)))
                .containsExactly(grey(2, 3, 3), 0xFFFFFF, 0xFFFFFF, grey(1, 0, 0));
        assertThat(slide.tiles(0, new Slide.Region(3, 3, 2, 2))).hasSize(2);
    }

    @Test
    void refusesARegionOutsideOfItsLevel() throws IOException {
        var slide = Slide.of(List.of(full(10, 7)), reader);

        for (var region : List.of(
                new Slide.Region(-1, 0, 1, 1),
                new Slide.Region(8, 0, 3, 1),
                new Slide.Region(0, 0, 0, 1),
                new Slide.Region(1, 1, Integer.MAX_VALUE, 1))) {
            assertThatThrownBy(() -> slide.region(0, region))
                    .isInstanceOf(DicomRefused.class)
                    .hasMessageContaining("10x7");
        }
        assertThatThrownBy(() -> slide.region(1, new Slide.Region(0, 0, 1, 1)))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("Level 1");
    }

    @Test
    void refusesSlidesThatDoNotAddUp() {
        var lying = Examples.plain(level(10, 7, 2).set(Tags.DIMENSION_ORGANIZATION_TYPE, Vr.CS, "TILED_FULL"));
        var twice = List.of(full(10, 7), full(10, 7));
        var label = full(10, 7);
        label.dataset().set(Tags.IMAGE_TYPE, Vr.CS, "ORIGINAL", "PRIMARY", "LABEL", "NONE");

        assertThatThrownBy(() -> Slide.of(List.of(lying), reader))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("6 tiles of 4x4, and the object 2 frames");
        assertThatThrownBy(() -> Slide.of(twice, reader))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("10 columns");
        assertThatThrownBy(() -> Slide.of(List.of(label), reader))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("VOLUME");
    }

    private static DicomObject full(int columns, int rows) {
        int tiles = ((columns - 1) / TILE + 1) * ((rows - 1) / TILE + 1);
        return Examples.plain(level(columns, rows, tiles).set(Tags.DIMENSION_ORGANIZATION_TYPE, Vr.CS, "TILED_FULL"));
    }

    /** Tiles in colour, each pixel of which says which it is. */
    private static Dataset level(int columns, int rows, int tiles) {
        var pixels = new byte[tiles * TILE * TILE * 3];
        for (int i = 0; i < pixels.length; i++) {
            int pixel = i / 3 % (TILE * TILE);
            pixels[i] = (byte) grey(i / (TILE * TILE * 3) + 1, pixel % TILE, pixel / TILE);
        }
        return Examples.bytes(TILE, TILE, 3, "RGB", pixels)
                .set(Tags.IMAGE_TYPE, Vr.CS, "ORIGINAL", "PRIMARY", "VOLUME", "NONE")
                .set(Tags.NUMBER_OF_FRAMES, Vr.IS, tiles)
                .set(Tags.TOTAL_PIXEL_MATRIX_COLUMNS, Vr.UL, columns)
                .set(Tags.TOTAL_PIXEL_MATRIX_ROWS, Vr.UL, rows)
                .set(
                        Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                        new Dataset()
                                .set(
                                        Tags.PIXEL_MEASURES_SEQUENCE,
                                        new Dataset().set(Tags.PIXEL_SPACING, Vr.DS, 0.00025, 0.00025)));
    }

    private static int grey(int tile, int x, int y) {
        return (tile * TILE * TILE + y * TILE + x) * 0x010101;
    }

    private static Dataset place(int column, int row) {
        return new Dataset()
                .set(
                        Tags.PLANE_POSITION_SLIDE_SEQUENCE,
                        new Dataset()
                                .set(Tags.COLUMN_POSITION_IN_TOTAL_IMAGE_PIXEL_MATRIX, Vr.SL, column)
                                .set(Tags.ROW_POSITION_IN_TOTAL_IMAGE_PIXEL_MATRIX, Vr.SL, row));
    }
}
