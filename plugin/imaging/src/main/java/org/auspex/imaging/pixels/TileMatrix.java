package org.auspex.imaging.pixels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;

/** The tiles of one level, and which frame each is (DICOM PS3.3, C.7.6.17.3). */
final class TileMatrix {

    private final Dataset object;
    private final Frames frames;
    private final int columns;
    private final int rows;
    /** From the number of a tile, row by row, to that of its frame; empty where frames lie in that order. */
    private final Optional<Map<Long, Integer>> sparse;

    private TileMatrix(Dataset object, Frames frames, int columns, int rows, Optional<Map<Long, Integer>> sparse) {
        this.object = object;
        this.frames = frames;
        this.columns = columns;
        this.rows = rows;
        this.sparse = sparse;
    }

    static boolean isLevel(Dataset object) {
        return object.strings(Tags.IMAGE_TYPE).contains("VOLUME");
    }

    static TileMatrix of(Dataset object, Frames frames) {
        int columns = required(object, Tags.TOTAL_PIXEL_MATRIX_COLUMNS);
        int rows = required(object, Tags.TOTAL_PIXEL_MATRIX_ROWS);
        if (object.integer(Tags.NUMBER_OF_OPTICAL_PATHS).orElse(1) > 1
                || object.integer(Tags.TOTAL_PIXEL_MATRIX_FOCAL_PLANES).orElse(1) > 1) {
            throw new DicomRefused("The slide has several optical paths or focal planes; one of each is read");
        }
        var full = object.string(Tags.DIMENSION_ORGANIZATION_TYPE)
                .filter("TILED_FULL"::equals)
                .isPresent();
        var matrix = new TileMatrix(
                object, frames, columns, rows, full ? Optional.empty() : Optional.of(places(object, frames, columns)));
        if (full && matrix.tiles() != frames.count()) {
            throw new DicomRefused("A matrix of %dx%d pixels has %d tiles of %dx%d, and the object %d frames"
                    .formatted(columns, rows, matrix.tiles(), frames.columns(), frames.rows(), frames.count()));
        }
        return matrix;
    }

    private static Map<Long, Integer> places(Dataset object, Frames frames, int columns) {
        var groups = new FunctionalGroups(object);
        var places = new HashMap<Long, Integer>();
        for (int number = 1; number <= frames.count(); number++) {
            var place = groups.macro(number, Tags.PLANE_POSITION_SLIDE_SEQUENCE)
                    .orElseThrow(() -> new DicomRefused("A tile of the slide has no place (0048,021A)"));
            int x = required(place, Tags.COLUMN_POSITION_IN_TOTAL_IMAGE_PIXEL_MATRIX) - 1;
            int y = required(place, Tags.ROW_POSITION_IN_TOTAL_IMAGE_PIXEL_MATRIX) - 1;
            if (x < 0 || y < 0 || x % frames.columns() != 0 || y % frames.rows() != 0) {
                throw new DicomRefused(
                        "Tile %d lies at column %d, row %d, which is on no grid of %dx%d; overlapping tiles are not read"
                                .formatted(number, x + 1, y + 1, frames.columns(), frames.rows()));
            }
            places.put((long) (y / frames.rows()) * across(columns, frames) + x / frames.columns(), number);
        }
        return places;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    Slide.Level level() {
        return new Slide.Level(columns, rows, frames.source(1).spacing());
    }

    Optional<SlidePlace> place() {
        return SlidePlace.of(object, level().spacing());
    }

    /** The tiles that a region touches, row by row. */
    List<Tile> touched(Slide.Region region) {
        var touched = new ArrayList<Tile>();
        for (int row = region.y() / frames.rows(); row * (long) frames.rows() < region.y() + region.height(); row++) {
            for (int column = region.x() / frames.columns();
                    column * (long) frames.columns() < region.x() + region.width();
                    column++) {
                touched.add(new Tile(frames, frame(column, row), column * frames.columns(), row * frames.rows()));
            }
        }
        return touched;
    }

    /** Empty where there is no tile. */
    private Optional<Integer> frame(int column, int row) {
        long index = (long) row * across(columns, frames) + column;
        return sparse.isPresent() ? Optional.ofNullable(sparse.get().get(index)) : Optional.of((int) index + 1);
    }

    private long tiles() {
        return (long) across(columns, frames) * ((rows - 1) / frames.rows() + 1);
    }

    private static int across(int columns, Frames frames) {
        return (columns - 1) / frames.columns() + 1;
    }

    private static int required(Dataset dataset, int tag) {
        return dataset.integer(tag)
                .filter(number -> number > 0)
                .orElseThrow(() -> new DicomRefused("The slide has no %s".formatted(Tags.shown(tag))));
    }

    /** One of them, and where its upper left pixel lies in the level. */
    record Tile(Frames frames, Optional<Integer> number, int left, int top) {

        Optional<SourceFrame> source() {
            return number.map(frames::source);
        }

        Optional<int[]> rgb() throws IOException {
            return number.isPresent() ? Optional.of(frames.rgb(number.get())) : Optional.empty();
        }

        /** Takes over what lies within a region. */
        void copy(int[] pixels, Slide.Region region, int[] into) {
            int from = Math.max(left, region.x());
            int end = Math.min(left + frames.columns(), region.x() + region.width());
            int last = Math.min(top + frames.rows(), region.y() + region.height());
            for (int y = Math.max(top, region.y()); y < last; y++) {
                System.arraycopy(
                        pixels,
                        (y - top) * frames.columns() + from - left,
                        into,
                        (y - region.y()) * region.width() + from - region.x(),
                        end - from);
            }
        }
    }
}
