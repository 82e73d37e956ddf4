package org.auspex.imaging.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.archive.Copies;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Uid;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.pixels.PixelLimits;
import org.auspex.imaging.pixels.PixelReader;
import org.auspex.imaging.pixels.SeriesReader;
import org.auspex.imaging.results.Kind;
import org.auspex.imaging.results.Sources;
import org.auspex.imaging.results.segmentation.Form;
import org.auspex.kernel.evidence.PictureSource.Wish;
import org.auspex.kernel.images.FrameSampling;
import org.auspex.kernel.images.FrameSampling.By;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.images.Maker;
import org.auspex.kernel.images.Marking;
import org.auspex.kernel.images.Picture;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.images.Volume;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The frames of a loop as pictures, and what is kept beside them. */
class StudyPicturesTest {

    private static final int FRAMES = 20;
    private static final int PIXELS = Sources.ROWS * Sources.COLUMNS;

    private final BusToolkit toolkit = new BusToolkit();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FolderArchive archive;

    @SuppressWarnings("NullAway.Init")
    private Copies copies;

    /** Each frame is as bright as its number. */
    @BeforeEach
    void aLoopIsInTheArchive() throws IOException {
        archive = new FolderArchive(folder.resolve("dicom"), toolkit, ReadLimits.DEFAULT, 0, Clock.systemUTC());
        copies = new Copies(folder.resolve("copies"), toolkit, ReadLimits.DEFAULT);
        var pixels = new byte[FRAMES * PIXELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i / PIXELS + 1);
        }
        var loop = Sources.ultrasoundLoop()
                .get(0)
                .object()
                .set(Tags.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 192")
                .set(Tags.NUMBER_OF_FRAMES, Vr.IS, (long) FRAMES)
                .set(Tags.SAMPLES_PER_PIXEL, Vr.US, 1L)
                .set(Tags.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
                .set(Tags.ROWS, Vr.US, (long) Sources.ROWS)
                .set(Tags.COLUMNS, Vr.US, (long) Sources.COLUMNS)
                .set(Tags.BITS_ALLOCATED, Vr.US, 8L)
                .set(Tags.BITS_STORED, Vr.US, 8L)
                .set(Tags.HIGH_BIT, Vr.US, 7L)
                .set(Tags.PIXEL_REPRESENTATION, Vr.US, 0L)
                .set(Tags.PIXEL_DATA, Vr.OB, pixels);
        copies.within(
                files -> archive.store(List.of(copies.write(new DicomObject(loop, "1.2.840.10008.1.2.1"), files))));
    }

    @Test
    void looksAtTheFramesThatTheCardNames() {
        assertThat(brightness(FrameSampling.USUAL)).containsExactly(2, 4, 7, 9, 12, 14, 17, 19);
        assertThat(brightness(new FrameSampling(By.EVERY, 6, 100))).containsExactly(1, 7, 13, 19);
        assertThat(brightness(new FrameSampling(By.EVERY, 1, 100))).hasSize(FRAMES);
        assertThat(brightness(new FrameSampling(By.EVENLY, 100, 100))).hasSize(FRAMES);
    }

    @Test
    void refusesALoopWithMoreFramesThanTheCardAllows() {
        assertThatThrownBy(() -> brightness(new FrameSampling(By.EVERY, 2, 9)))
                .isInstanceOf(ImageRefused.class)
                .hasMessageContaining("a loop of 20 frames has 10", "more than the 9");
    }

    @Test
    void namesWhatItWouldKeepAndKeepsItOnlyWhenAsked() {
        var sighting = sighting(Form.BINARY, 0.5f, true);

        assertThat(kept()).isEmpty();
        assertThat(sighting.objects())
                .extracting(Sighting.Stored::title)
                .containsExactly(
                        "DICOM SEG, Segmentation: Lesions",
                        "DICOM SR, Measurements: Lesions",
                        "DICOM SEG, Probabilities: Lesions");

        sighting.keep();
        sighting.keep();

        assertThat(kept())
                .extracting(header -> archive.url(org.auspex.imaging.archive.InstanceUids.of(header)))
                .containsExactlyInAnyOrderElementsOf(
                        sighting.objects().stream().map(Sighting.Stored::url).toList());
        assertThat(kept())
                .filteredOn(header -> header.string(Tags.SEGMENTATION_TYPE).equals(Optional.of("FRACTIONAL")))
                .singleElement()
                .satisfies(header ->
                        assertThat(header.integer(Tags.BITS_ALLOCATED)).contains(8));
    }

    @Test
    void keepsALabelMapIfThatIsSet() {
        sighting(Form.LABEL_MAP, 0.5f, true).keep();

        assertThat(kept())
                .extracting(header -> header.string(Tags.SOP_CLASS_UID).orElseThrow())
                .contains(Kind.LABEL_MAP.sopClass)
                .hasSize(3);
    }

    @Test
    void saysByAnEmptySegmentationThatNothingWasFound() {
        var sighting = sighting(Form.BINARY, 0.5f, false);

        sighting.keep();

        assertThat(sighting.measures()).isEmpty();
        assertThat(sighting.overlay()).isEmpty();
        assertThat(kept()).singleElement().satisfies(header -> {
            assertThat(header.string(Tags.SEGMENTATION_TYPE)).contains("BINARY");
            assertThat(header.items(Tags.SEGMENT_SEQUENCE)).hasSize(1);
            assertThat(header.items(Tags.SOURCE_IMAGE_SEQUENCE).get(0).integers(Tags.REFERENCED_FRAME_NUMBER))
                    .containsExactly(2);
        });
    }

    private Sighting sighting(Form form, float doubt, boolean found) {
        var picture = pictures(form, FrameSampling.USUAL).get(0);
        var image = picture.volume();
        var mask = image.values().clone();
        for (int i = 0; i < mask.length; i++) {
            mask[i] = found && i > 30 && i < 50 ? 1 : 0;
        }
        var marking = new Marking(
                picture,
                List.of(new Marking.Mark("lesion", "Lesion", Optional.empty(), of(image, mask))),
                Optional.of(of(image, filled(mask.length, doubt))),
                List.of());
        return picture.sighting(
                marking, new Maker("lesions", "1.0.0", "Lesions", "seed/0", Instant.parse("2026-11-28T03:04:05Z")));
    }

    private static Volume of(Volume image, float[] values) {
        return new Volume(1, image.grid(), values, 1 << 20);
    }

    private static float[] filled(int length, float value) {
        var values = new float[length];
        java.util.Arrays.fill(values, value);
        return values;
    }

    private List<Integer> brightness(FrameSampling frames) {
        return pictures(Form.BINARY, frames).stream()
                .map(picture -> (int) picture.volume().values()[0])
                .toList();
    }

    private List<Picture> pictures(Form form, FrameSampling frames) {
        var reader = new PictureReader(copies, new SeriesReader(new PixelReader(PixelLimits.DEFAULT), 1 << 20));
        var study = new ImagingStudy();
        study.addIdentifier().setSystem("urn:dicom:uid").setValue("urn:oid:1.2.3");
        return new StudyPictures(any -> archive, reader, form)
                .pictures(new Wish(study, List.of("1.2.3.4"), false, frames));
    }

    /** What is in the study beside the loop. */
    private List<Dataset> kept() {
        return archive.metadata(new Uid("1.2.3"), Optional.empty()).stream()
                .filter(header -> !header.string(Tags.MODALITY).equals(Optional.of("US")))
                .toList();
    }
}
