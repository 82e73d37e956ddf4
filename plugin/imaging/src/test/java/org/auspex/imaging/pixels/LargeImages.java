package org.auspex.imaging.pixels;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;

/** Makes a file that is larger than memory, reads it, and says what came of it. */
public final class LargeImages {

    private static final int SIDE = 50_000;
    private static final int TILE = 250;
    private static final int ACROSS = SIDE / TILE;

    private final PixelReader reader = new PixelReader(PixelLimits.DEFAULT);
    private final Path folder;

    private LargeImages(Path folder) {
        this.folder = folder;
    }

    /** What, and where. */
    public static void main(String[] arguments) throws IOException {
        var images = new LargeImages(Path.of(arguments[1]));
        var start = System.nanoTime();
        var said = arguments[0].equals("LOOP") ? images.loop() : images.slide(arguments[0]);
        System.out.printf("%s, %d ms%n", said, (System.nanoTime() - start) / 1_000_000);
    }

    private String slide(String organization) throws IOException {
        var file = folder.resolve("slide.dcm");
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            new BusToolkit().write(new DicomObject(level(organization), Examples.JPEG), out);
        }
        var slide = Slide.of(List.of(new BusToolkit().read(file, ReadLimits.DEFAULT)), reader);
        var level = slide.levels().get(0);
        var first = slide.region(0, new Slide.Region(0, 0, TILE, TILE));
        var last = slide.region(0, new Slide.Region(SIDE - TILE, SIDE - TILE, TILE, TILE));
        var across = slide.region(0, new Slide.Region(24_900, 24_900, 1000, 1000));
        var same = java.util.Arrays.equals(first, last) && across[100 * 1000 + 100] == first[0];
        return "%d pixels in %d bytes, %s"
                .formatted((long) level.columns() * level.rows(), Files.size(file), same ? "the same" : "not the same");
    }

    /** One tile, which lies in a file once, 40,000 times. */
    private Dataset level(String organization) throws IOException {
        var jpeg = Examples.jpeg(TILE, TILE, true);
        var file = Files.write(folder.resolve("tile.jpg"), jpeg);
        var places = Collections.nCopies(ACROSS * ACROSS, new Value.Place(0, jpeg.length & ~1));
        var level = Examples.described(TILE, TILE, 3, "YBR_FULL_422", 8, 8)
                .set(Tags.IMAGE_TYPE, Vr.CS, "ORIGINAL", "PRIMARY", "VOLUME", "NONE")
                .set(Tags.DIMENSION_ORGANIZATION_TYPE, Vr.CS, organization)
                .set(Tags.NUMBER_OF_FRAMES, Vr.IS, ACROSS * ACROSS)
                .set(Tags.TOTAL_PIXEL_MATRIX_COLUMNS, Vr.UL, SIDE)
                .set(Tags.TOTAL_PIXEL_MATRIX_ROWS, Vr.UL, SIDE)
                .set(Tags.PIXEL_DATA, Vr.OB, new Value.FragmentsInFile(file, List.of(), places));
        return organization.equals("TILED_SPARSE")
                ? level.set(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, places())
                : level;
    }

    private static List<Dataset> places() {
        var places = new ArrayList<Dataset>();
        for (int row = 0; row < ACROSS; row++) {
            for (int column = 0; column < ACROSS; column++) {
                places.add(new Dataset()
                        .set(
                                Tags.PLANE_POSITION_SLIDE_SEQUENCE,
                                new Dataset()
                                        .set(Tags.COLUMN_POSITION_IN_TOTAL_IMAGE_PIXEL_MATRIX, Vr.SL, column * TILE + 1)
                                        .set(Tags.ROW_POSITION_IN_TOTAL_IMAGE_PIXEL_MATRIX, Vr.SL, row * TILE + 1)));
            }
        }
        return places;
    }

    /** 1,000 frames of 800 x 600 pixels, of which the file system keeps only what is not zero: their numbers. */
    private String loop() throws IOException {
        int frames = 1000;
        int size = 800 * 600 * 2;
        var file = folder.resolve("loop.raw");
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength((long) frames * size);
            for (int i = 0; i < frames; i++) {
                raw.seek((long) i * size);
                raw.write(i);
                raw.write(i >> 8);
            }
        }
        var dataset = Examples.described(800, 600, 1, "MONOCHROME2", 16, 16)
                .set(Tags.NUMBER_OF_FRAMES, Vr.IS, frames)
                .set(Tags.PIXEL_DATA, Vr.OW, new Value.InFile(file, 0, (long) frames * size, false));
        int count = 0;
        float last = 0;
        for (var image : new SeriesReader(reader, 1 << 20).clip(Examples.plain(dataset), Sampling.every(1))) {
            count++;
            last = image.volume().values()[0];
        }
        return "%d frames, last %.0f".formatted(count, last);
    }
}
