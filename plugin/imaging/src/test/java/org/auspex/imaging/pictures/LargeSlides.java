package org.auspex.imaging.pictures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.auspex.imaging.archive.Copies;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.pixels.Examples;
import org.auspex.imaging.pixels.PixelLimits;
import org.auspex.imaging.pixels.PixelReader;
import org.auspex.imaging.pixels.SeriesReader;
import org.auspex.imaging.results.segmentation.Form;
import org.auspex.kernel.evidence.PictureSource.Wish;
import org.auspex.kernel.images.FrameSampling;
import org.auspex.kernel.images.Tiling;
import org.hl7.fhir.r4.model.ImagingStudy;

/** Stores a slide of 50,000 x 50,000 pixels, half of it tissue, cuts tiles from it, and says what came of it. */
public final class LargeSlides {

    private static final int SIDE = 50_000;
    private static final int TILE = 250;
    private static final int OVERVIEW = 500;
    private static final int MOST = 256;

    private final BusToolkit toolkit = new BusToolkit();
    private final Path folder;

    private LargeSlides(Path folder) {
        this.folder = folder;
    }

    /** Where. */
    public static void main(String[] arguments) throws IOException {
        System.out.println(new LargeSlides(Path.of(arguments[0])).tiles());
    }

    private String tiles() throws IOException {
        var archive = new FolderArchive(folder.resolve("dicom"), toolkit, ReadLimits.DEFAULT, 0, Clock.systemUTC());
        var copies = new Copies(folder.resolve("copies"), toolkit, ReadLimits.DEFAULT);
        copies.within(files -> archive.store(List.of(
                copies.write(new DicomObject(largest(), Examples.JPEG), files),
                copies.write(new DicomObject(overview(), Examples.EXPLICIT), files))));
        var reader = new PictureReader(copies, new SeriesReader(new PixelReader(PixelLimits.DEFAULT), 1 << 20));
        var study = new ImagingStudy();
        study.addIdentifier().setSystem("urn:dicom:uid").setValue("urn:oid:2.25.1");
        var start = System.nanoTime();
        var tiles = new StudyPictures(any -> archive, reader, Form.BINARY)
                .slides(new Wish(study, List.of("2.25.1.1"), false, FrameSampling.USUAL))
                .tiles(new Tiling(TILE, 0.5, MOST, new Tiling.Tissue(0.07, 0.95, 0.5), "attention"));
        return "%d of %d tiles, %d ms"
                .formatted(tiles.places().size(), tiles.tissue().get(0), (System.nanoTime() - start) / 1_000_000);
    }

    /** One tile, which lies in a file once, 40,000 times. */
    private Dataset largest() throws IOException {
        var jpeg = Examples.jpeg(TILE, TILE, true);
        var file = Files.write(folder.resolve("tile.jpg"), jpeg);
        int tiles = SIDE / TILE * (SIDE / TILE);
        var places = Collections.nCopies(tiles, new Value.Place(0, jpeg.length & ~1));
        return level(1, SIDE, 0.0005, Examples.described(TILE, TILE, 3, "YBR_FULL_422", 8, 8))
                .set(Tags.NUMBER_OF_FRAMES, Vr.IS, tiles)
                .set(Tags.PIXEL_DATA, Vr.OB, new Value.FragmentsInFile(file, List.of(), places));
    }

    /** Glass above, something pink below. */
    private static Dataset overview() {
        var pixels = new byte[OVERVIEW * OVERVIEW * 3];
        Arrays.fill(pixels, (byte) 243);
        Arrays.fill(pixels, pixels.length / 2, pixels.length, (byte) 220);
        for (int i = pixels.length / 2; i < pixels.length; i += 3) {
            pixels[i + 1] = (byte) 150;
        }
        return level(2, OVERVIEW, 0.05, Examples.bytes(OVERVIEW, OVERVIEW, 3, "RGB", pixels))
                .set(Tags.NUMBER_OF_FRAMES, Vr.IS, 1);
    }

    private static Dataset level(int number, int side, double spacing, Dataset image) {
        return image.set(Tags.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 192")
                .set(Tags.SOP_CLASS_UID, Vr.UI, "1.2.840.10008.5.1.4.1.1.77.1.6")
                .set(Tags.SOP_INSTANCE_UID, Vr.UI, "2.25.1.1." + number)
                .set(Tags.STUDY_INSTANCE_UID, Vr.UI, "2.25.1")
                .set(Tags.SERIES_INSTANCE_UID, Vr.UI, "2.25.1.1")
                .set(Tags.MODALITY, Vr.CS, "SM")
                .set(Tags.IMAGE_TYPE, Vr.CS, "ORIGINAL", "PRIMARY", "VOLUME", "NONE")
                .set(Tags.DIMENSION_ORGANIZATION_TYPE, Vr.CS, "TILED_FULL")
                .set(Tags.TOTAL_PIXEL_MATRIX_COLUMNS, Vr.UL, side)
                .set(Tags.TOTAL_PIXEL_MATRIX_ROWS, Vr.UL, side)
                .set(
                        Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                        new Dataset()
                                .set(
                                        Tags.PIXEL_MEASURES_SEQUENCE,
                                        new Dataset().set(Tags.PIXEL_SPACING, Vr.DS, spacing, spacing)));
    }
}
