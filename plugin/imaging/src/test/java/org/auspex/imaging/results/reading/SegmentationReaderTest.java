package org.auspex.imaging.results.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.pixels.Plane;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.Findings;
import org.auspex.imaging.results.Sources;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Segmentations;
import org.auspex.imaging.results.segmentation.Segmented;
import org.junit.jupiter.api.Test;

class SegmentationReaderTest {

    private final List<SourceFrame> source = Sources.axial();

    @Test
    void turnsMirroredFramesByTheirPlace() throws IOException {
        var mirrored = mirrored(0, "1.2.3.9");
        var mask = Findings.lesion(5).pixels();
        var drawn = new Segmented<>(Findings.segment(1), mirrored(mask));

        var written = Segmentations.binary(Findings.draft(mirrored), List.of(drawn));
        var read = new SegmentationReader(source, 0.5).read(written.dataset());

        assertThat(read.get(0).mask()).isEqualTo(mask);
        assertThat(Agreement.of(read.get(0).mask(), mask).dice()).isEqualTo(1);
    }

    @Test
    void believesTheReferencesOfAnObjectWhoseFramesHaveNone() throws IOException {
        var image = Sources.ultrasound();
        var dataset = Segmentations.binary(Findings.draft(image), List.of(Findings.lesion(1)))
                .dataset();
        dataset.items(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE)
                .forEach(groups -> groups.set(Tags.DERIVATION_IMAGE_SEQUENCE, List.of()));

        assertThat(new SegmentationReader(image, 0.5).read(dataset))
                .extracting(ReadSegment::mask)
                .containsExactly(Findings.lesion(1).pixels());
    }

    @Test
    void refusesFramesBetweenTheSlices() {
        var written = Segmentations.binary(Findings.draft(mirrored(1, "1.2.3.9")), List.of(Findings.lesion(5)));

        assertThatThrownBy(() -> new SegmentationReader(source, 0.5).read(written.dataset()))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("about none of the frames of the source");
    }

    @Test
    void refusesPlacesInAnotherFrameOfReference() {
        var written = Segmentations.binary(Findings.draft(mirrored(0, "1.2.3.10")), List.of(Findings.lesion(5)));

        assertThatThrownBy(() -> new SegmentationReader(source, 0.5).read(written.dataset()))
                .isInstanceOf(DicomRefused.class);
    }

    @Test
    void refusesPixelDataThatIsCutShort() {
        var dataset = written().set(Tags.PIXEL_DATA, Vr.OB, new byte[10]);

        assertThatThrownBy(() -> new SegmentationReader(source, 0.5).read(dataset))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("10 bytes");
    }

    @Test
    void refusesAFrameOfASegmentThatIsNotDescribed() {
        var dataset = written().set(Tags.SEGMENT_SEQUENCE, List.of());

        assertThatThrownBy(() -> new SegmentationReader(source, 0.5).read(dataset))
                .hasMessageContaining("Frame 1 is about segment 1, which is not described");
    }

    @Test
    void refusesWhatIsNoSegmentation() {
        assertThatThrownBy(() ->
                        new SegmentationReader(source, 0.5).read(source.get(0).object()))
                .isInstanceOf(DicomRefused.class)
                .hasMessageContaining("0 frames");
    }

    @Test
    void countsAgreement() {
        var one = mask(0, 1, 2, 3);
        var other = mask(2, 3, 4);

        var agreement = Agreement.of(one, other);

        assertThat(agreement).isEqualTo(new Agreement(2, 4, 3));
        assertThat(agreement.dice()).isEqualTo(4 / 7.0);
        assertThat(agreement.iou()).isEqualTo(2 / 5.0);
        assertThat(Agreement.of(mask(), mask()).dice()).isEqualTo(1);
        assertThat(Agreement.of(mask(), one).iou()).isZero();
        assertThatThrownBy(() -> Agreement.of(one, Findings.lesion(5).pixels()))
                .hasMessageContaining("not about the same grid");
    }

    private Dataset written() {
        return Segmentations.binary(Findings.draft(source), List.of(Findings.lesion(5)))
                .dataset();
    }

    /** The same places, seen from the other side: other objects, last column first. */
    private List<SourceFrame> mirrored(double shift, String frameOfReference) {
        var frames = new ArrayList<SourceFrame>();
        for (var frame : source) {
            var plane = frame.plane().orElseThrow();
            var last = (Sources.COLUMNS - 1) * plane.spacing().get(1);
            var at = plane.position();
            var object = new Dataset();
            frame.object().elements().forEach(e -> object.set(e.tag(), e.vr(), e.value()));
            object.set(Tags.SOP_INSTANCE_UID, Vr.UI, "1.2.3.5." + frames.size())
                    .set(Tags.FRAME_OF_REFERENCE_UID, Vr.UI, frameOfReference);
            frames.add(new SourceFrame(
                    object,
                    1,
                    frame.rows(),
                    frame.columns(),
                    Optional.of(new Plane(
                            List.of(at.get(0) + last, at.get(1), at.get(2) + shift),
                            List.of(-1.0, 0.0, 0.0, 0.0, 1.0, 0.0),
                            plane.spacing())),
                    frame.spacing()));
        }
        return List.copyOf(frames);
    }

    private static Mask mirrored(Mask mask) {
        var frames = new ArrayList<BitSet>();
        for (int f = 0; f < mask.frames(); f++) {
            var set = new BitSet();
            for (int i = 0; i < mask.rows() * mask.columns(); i++) {
                int row = i / mask.columns();
                int column = i % mask.columns();
                set.set(i, mask.at(f, row, mask.columns() - 1 - column));
            }
            frames.add(set);
        }
        return new Mask(mask.rows(), mask.columns(), frames);
    }

    private static Mask mask(int... pixels) {
        var set = new BitSet();
        java.util.Arrays.stream(pixels).forEach(set::set);
        return new Mask(Sources.ROWS, Sources.COLUMNS, List.of(set));
    }
}
