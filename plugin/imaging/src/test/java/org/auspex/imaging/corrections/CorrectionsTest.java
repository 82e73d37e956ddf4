package org.auspex.imaging.corrections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.auspex.imaging.archive.Copies;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.archive.Stored;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Uid;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.pixels.PixelLimits;
import org.auspex.imaging.pixels.PixelReader;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.Findings;
import org.auspex.imaging.results.Header;
import org.auspex.imaging.results.Kind;
import org.auspex.imaging.results.Sources;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Segmentations;
import org.auspex.imaging.results.segmentation.Segmented;
import org.auspex.kernel.findings.SegmentationAgreement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectionsTest {

    private static final Mask NOTHING = new Mask(Sources.ROWS, Sources.COLUMNS, List.of(new BitSet()));
    private static final Uid STUDY = new Uid("1.2.3");

    private final BusToolkit toolkit = new BusToolkit();
    private final Remembered record = new Remembered();
    private final List<SourceFrame> source = Sources.ultrasoundLoop();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FolderArchive archive;

    @SuppressWarnings("NullAway.Init")
    private Copies copies;

    @SuppressWarnings("NullAway.Init")
    private Corrections corrections;

    /** A model looked at the second frame of a loop and marked a lesion there. */
    @BeforeEach
    void aModelHasMarkedALesion() throws IOException {
        archive = new FolderArchive(folder.resolve("dicom"), toolkit, ReadLimits.DEFAULT, 0, Clock.systemUTC());
        copies = new Copies(folder.resolve("copies"), toolkit, ReadLimits.DEFAULT);
        corrections = new Corrections(
                archive,
                study -> archive,
                copies,
                new PixelReader(PixelLimits.DEFAULT),
                new Corrections.Records(record, record));
        store(loop());
        var draft = Findings.draft(looked());
        store(Segmentations.binary(draft, List.of(Findings.lesion(1))).dataset());
        record.keeps(archive.url(Header.uids(draft, Kind.SEGMENTATION)));
    }

    @Test
    void countsWhatAPersonChanged() throws IOException {
        var model = Findings.lesion(1).pixels();
        var smaller = upper(model);
        var before = Instant.now().minusSeconds(2);
        store(person("2.25.901", smaller));

        corrections.compare(STUDY);

        assertThat(record.counted()).hasSize(1);
        var agreement = record.counted().get(0);
        assertThat(agreement.pixels())
                .isEqualTo(new SegmentationAgreement.Pixels(smaller.pixels(), model.pixels(), smaller.pixels()));
        assertThat(agreement.dice())
                .isCloseTo(2.0 * smaller.pixels() / (model.pixels() + smaller.pixels()), within(1e-12));
        assertThat(agreement.segmentation().uid()).isEqualTo("2.25.901");
        assertThat(agreement.segmentation().arrived().orElseThrow()).isBetween(before, Instant.now());
        assertThat(agreement.mark()).isEqualTo("Lesion 1");
        assertThat(record.incomparable()).isEmpty();
    }

    @Test
    void countsOnceAndANewerOneAgain() throws IOException {
        store(person("2.25.901", Findings.lesion(1).pixels()));
        corrections.compare(STUDY);
        corrections.compare(STUDY);
        assertThat(record.counted()).hasSize(1);

        store(person("2.25.902", upper(Findings.lesion(1).pixels())));
        corrections.compare(STUDY);

        assertThat(record.counted())
                .extracting(agreement -> agreement.segmentation().uid())
                .containsExactly("2.25.901", "2.25.902");
    }

    @Test
    void countsALesionThatAPersonErased() throws IOException {
        store(person("2.25.901", NOTHING));

        corrections.compare(STUDY);

        assertThat(record.counted()).extracting(SegmentationAgreement::dice).containsExactly(0.0);
    }

    @Test
    void countsALesionThatTheModelMissed() throws IOException {
        var third = source.subList(2, 3);
        var empty = Segmentations.binary(Findings.draft(third), List.of(new Segmented<>(Findings.segment(1), NOTHING)))
                .dataset()
                .set(Tags.SOP_INSTANCE_UID, Vr.UI, "2.25.801")
                .set(Tags.SERIES_INSTANCE_UID, Vr.UI, "2.25.801.1");
        store(empty);
        record.keeps(archive.url(InstanceUids.of(empty)));
        store(person("2.25.901", Findings.lesion(1).pixels(), third));

        corrections.compare(STUDY);

        var pixels = Findings.lesion(1).pixels().pixels();
        assertThat(record.counted())
                .singleElement()
                .satisfies(agreement ->
                        assertThat(agreement.pixels()).isEqualTo(new SegmentationAgreement.Pixels(0, pixels, pixels)));
    }

    @Test
    void takesNoProgramForAPerson() throws IOException {
        var other = person("2.25.901", upper(Findings.lesion(1).pixels()));
        other.items(Tags.SEGMENT_SEQUENCE).get(0).set(Tags.SEGMENT_ALGORITHM_TYPE, Vr.CS, "AUTOMATIC");
        store(other);

        corrections.compare(STUDY);

        assertThat(record.counted()).isEmpty();
        assertThat(record.incomparable()).isEmpty();
    }

    @Test
    void leavesAloneWhatIsAboutSomethingElse() throws IOException {
        store(ofAnotherKind("2.25.901"));

        corrections.compare(STUDY);

        assertThat(record.counted()).isEmpty();
        assertThat(record.incomparable()).isEmpty();
    }

    @Test
    void asksWhatIsMeantWhereTheModelsIsNamedAndItsKindIsNot() throws IOException {
        var two = ofAnotherKind("2.25.901");
        var second = new Dataset();
        two.items(Tags.SEGMENT_SEQUENCE).get(0).elements().forEach(one -> second.set(one.tag(), one.vr(), one.value()));
        second.set(Tags.SEGMENT_NUMBER, Vr.US, 2L)
                .set(Tags.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE, code("12738006", "Brain"));
        two.set(Tags.SEGMENT_SEQUENCE, two.items(Tags.SEGMENT_SEQUENCE).get(0), second);
        var model = Header.uids(Findings.draft(looked()), Kind.SEGMENTATION)
                .instance()
                .value();
        two.items(Tags.SOURCE_IMAGE_SEQUENCE).get(0).set(Tags.REFERENCED_SOP_INSTANCE_UID, Vr.UI, model);
        store(two);

        corrections.compare(STUDY);

        assertThat(record.counted()).isEmpty();
        assertThat(record.incomparable())
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).contains("give its segments the codes [SCT|4147007]"));
    }

    @Test
    void refusesAnotherGrid() throws IOException {
        var half = person("2.25.901", upper(Findings.lesion(1).pixels()));
        half.set(Tags.ROWS, Vr.US, (long) Sources.ROWS / 2).set(Tags.COLUMNS, Vr.US, (long) Sources.COLUMNS * 2);
        store(half);

        corrections.compare(STUDY);

        assertThat(record.counted()).isEmpty();
        assertThat(record.incomparable()).singleElement().satisfies(one -> {
            assertThat(one.segmentation()).isEqualTo("2.25.901");
            assertThat(one.reason()).contains("on its own grid");
        });
    }

    @Test
    void refusesTheSegmentationOfAnotherPatient() throws IOException {
        store(person("2.25.901", upper(Findings.lesion(1).pixels())).set(Tags.PATIENT_ID, Vr.LO, "P8"));

        corrections.compare(STUDY);

        assertThat(record.counted()).isEmpty();
        assertThat(record.incomparable())
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).contains("another patient"));
    }

    @Test
    void refusesAFrameThatTheModelDidNotLookAt() throws IOException {
        store(person("2.25.901", upper(Findings.lesion(1).pixels()), source.subList(2, 3)));

        corrections.compare(STUDY);

        assertThat(record.counted()).isEmpty();
        assertThat(record.incomparable()).hasSize(1);
    }

    private List<SourceFrame> looked() {
        return source.subList(1, 2);
    }

    private Dataset person(String uid, Mask mask) {
        return person(uid, mask, looked());
    }

    /** What a person's program writes: an object of its own, about the same frame, with the same code. */
    private static Dataset person(String uid, Mask mask, List<SourceFrame> about) {
        var written = Segmentations.binary(Findings.draft(about), List.of(new Segmented<>(Findings.segment(1), mask)))
                .dataset();
        written.set(Tags.SOP_INSTANCE_UID, Vr.UI, uid).set(Tags.SERIES_INSTANCE_UID, Vr.UI, uid + ".1");
        written.items(Tags.SEGMENT_SEQUENCE)
                .get(0)
                .set(Tags.SEGMENT_ALGORITHM_TYPE, Vr.CS, "SEMIAUTOMATIC")
                .set(Tags.TRACKING_UID, Vr.UI, uid + ".2");
        return written;
    }

    private Dataset ofAnotherKind(String uid) {
        var written = person(uid, upper(Findings.lesion(1).pixels()));
        written.items(Tags.SEGMENT_SEQUENCE)
                .get(0)
                .set(Tags.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE, code("80891009", "Heart"));
        return written;
    }

    private static Dataset code(String value, String meaning) {
        return org.auspex.imaging.results.Code.sct(value, meaning).item();
    }

    private static Mask upper(Mask mask) {
        var bits = mask.frame(0);
        bits.clear(bits.length() / 2, bits.length());
        return new Mask(mask.rows(), mask.columns(), List.of(bits));
    }

    private Dataset loop() {
        var pixels = Sources.ROWS * Sources.COLUMNS;
        return source.get(0)
                .object()
                .set(Tags.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 192")
                .set(Tags.SAMPLES_PER_PIXEL, Vr.US, 1L)
                .set(Tags.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
                .set(Tags.ROWS, Vr.US, (long) Sources.ROWS)
                .set(Tags.COLUMNS, Vr.US, (long) Sources.COLUMNS)
                .set(Tags.BITS_ALLOCATED, Vr.US, 8L)
                .set(Tags.BITS_STORED, Vr.US, 8L)
                .set(Tags.HIGH_BIT, Vr.US, 7L)
                .set(Tags.PIXEL_REPRESENTATION, Vr.US, 0L)
                .set(Tags.PIXEL_DATA, Vr.OB, new byte[3 * pixels]);
    }

    private void store(Dataset object) throws IOException {
        copies.within(files -> {
            var file = copies.write(new DicomObject(object, "1.2.840.10008.1.2.1"), files);
            assertThat(archive.store(List.of(file))).allMatch(Stored.Kept.class::isInstance);
            return file;
        });
    }
}
