package org.auspex.imaging.pixels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;

/**
 * A whole slide (VL Whole Slide Microscopy Image, DICOM PS3.3, A.32.8): one image at several magnifications, each cut into tiles. Only
 * the tiles that a region touches are decoded.
 */
public final class Slide {

    private static final int WHITE = 0xFFFFFF;
    private static final int PIXEL = 4;

    private final List<TileMatrix> levels;
    private final long most;

    private final Optional<SlidePlace> place;

    private Slide(List<TileMatrix> levels, long most, Optional<SlidePlace> place) {
        this.levels = List.copyOf(levels);
        this.most = most;
        this.place = place;
    }

    /**
     * The image at one magnification.
     *
     * @param spacing millimetres on the slide; empty if the object does not tell
     */
    public record Level(int columns, int rows, Optional<SourceFrame.Spacing> spacing) {}

    /** Pixels of a level, from its upper left, from 0. */
    public record Region(int x, int y, int width, int height) {}

    /**
     * Puts the objects of a series in order, the largest first. Labels and overviews are no levels.
     *
     * @throws DicomRefused if an object has no tiles, or there is no level
     */
    public static Slide of(List<DicomObject> objects, PixelReader pixels) throws IOException {
        var levels = new ArrayList<TileMatrix>();
        for (var object : objects) {
            if (isLevel(object.dataset())) {
                levels.add(TileMatrix.of(object.dataset(), pixels.open(object)));
            }
        }
        if (levels.isEmpty()) {
            throw new DicomRefused(
                    "None of the %d objects is a level of a slide (Image Type with VOLUME)".formatted(objects.size()));
        }
        levels.sort(Comparator.comparing(TileMatrix::columns).reversed());
        for (int i = 1; i < levels.size(); i++) {
            if (levels.get(i).columns() == levels.get(i - 1).columns()) {
                throw new DicomRefused(
                        "Two objects of the series are %d columns wide; one focal plane and one object per level are read"
                                .formatted(levels.get(i).columns()));
            }
        }
        return new Slide(levels, pixels.mostBytes() / PIXEL, levels.get(0).place());
    }

    /** Whether an object, or its header, is a level of a slide, and no label and no overview. */
    public static boolean isLevel(Dataset object) {
        return TileMatrix.isLevel(object);
    }

    /** The largest first. */
    public List<Level> levels() {
        return levels.stream().map(TileMatrix::level).toList();
    }

    /** Where on the glass it lies; empty if the object of the largest level does not tell. */
    public Optional<SlidePlace> place() {
        return place;
    }

    /** The frames of a level's tiles that a region touches. */
    public List<SourceFrame> tiles(int level, Region region) {
        return at(level, region).touched(region).stream()
                .flatMap(tile -> tile.source().stream())
                .toList();
    }

    /**
     * A region of a level, row by row, as {@code 0xRRGGBB}. Where a sparse slide has no tile it is white.
     *
     * @throws DicomRefused if there is no such region, or it is larger than is allowed
     */
    public int[] region(int level, Region region) throws IOException {
        var matrix = at(level, region);
        var rgb = new int[region.width() * region.height()];
        Arrays.fill(rgb, WHITE);
        for (var tile : matrix.touched(region)) {
            var pixels = tile.rgb();
            if (pixels.isPresent()) {
                tile.copy(pixels.get(), region, rgb);
            }
        }
        return rgb;
    }

    private TileMatrix at(int level, Region region) {
        if (level < 0 || level >= levels.size()) {
            throw new DicomRefused("Level %d was asked for, and there are %d".formatted(level, levels.size()));
        }
        var matrix = levels.get(level);
        var within = region.x() >= 0
                && region.y() >= 0
                && region.width() > 0
                && region.height() > 0
                && region.width() <= matrix.columns() - region.x()
                && region.height() <= matrix.rows() - region.y();
        if (!within) {
            throw new DicomRefused("%s does not lie within level %d of %dx%d pixels"
                    .formatted(region, level, matrix.columns(), matrix.rows()));
        }
        if ((long) region.width() * region.height() > most) {
            throw new DicomRefused(
                    "%s has more than the %d pixels that are allowed; read it in parts".formatted(region, most));
        }
        return matrix;
    }
}
