package org.auspex.imaging.results.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.Findings;
import org.auspex.imaging.results.Sources;
import org.auspex.imaging.results.Uids;
import org.auspex.imaging.results.reading.ReadSegment;
import org.auspex.imaging.results.reading.SegmentationReader;
import org.auspex.kernel.images.Affine;
import org.auspex.kernel.images.Grid;
import org.auspex.kernel.images.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SegmentationsTest {

    static Stream<List<SourceFrame>> everyKindOfSource() {
        return Stream.of(
                Sources.axial(), Sources.oblique(), Sources.flipped(), Sources.ultrasound(), Sources.ultrasoundLoop());
    }

    @ParameterizedTest
    @MethodSource("everyKindOfSource")
    void readsBackTheMasksThatWereWritten(List<SourceFrame> source) throws IOException {
        var lesion = Findings.lesion(source.size());
        var second = Findings.second(source.size());

        var written = Segmentations.binary(Findings.draft(source), List.of(lesion, second));
        var read = new SegmentationReader(source, 0.5).read(written.dataset());

        assertThat(read).extracting(ReadSegment::mask).containsExactly(lesion.pixels(), second.pixels());
        assertThat(read).extracting(ReadSegment::number).containsExactly(1, 2);
        assertThat(read.get(1).label()).isEqualTo("Lesion 2");
        assertThat(read.get(1).trackingUid())
                .contains(second.segment().tracking().uid());
        assertThat(read.get(1).type()).contains(second.segment().type());
    }

    @ParameterizedTest
    @MethodSource("everyKindOfSource")
    void readsBackALabelMap(List<SourceFrame> source) throws IOException {
        var lesion = Findings.lesion(source.size());

        var written = Segmentations.labelMap(Findings.draft(source), List.of(lesion));
        var read = new SegmentationReader(source, 0.5).read(written.dataset());

        assertThat(read).extracting(ReadSegment::mask).containsExactly(lesion.pixels());
    }

    @ParameterizedTest
    @MethodSource("everyKindOfSource")
    void readsBackProbabilitiesAboveAThreshold(List<SourceFrame> source) throws IOException {
        var probability = Findings.probability(source.size());

        var written = Segmentations.probabilities(
                Findings.draft(source), List.of(new Segmented<>(Findings.segment(1), probability)));
        var read = new SegmentationReader(source, 0.7).read(written.dataset());

        assertThat(read).extracting(ReadSegment::mask).containsExactly(Mask.above(probability, 0.7));
    }

    @Test
    void keepsTheLabelsOfManySegmentsInAWord() throws IOException {
        var source = Sources.ultrasound();
        var segments = Stream.iterate(0, i -> i + 1)
                .limit(Sources.ROWS * Sources.COLUMNS)
                .flatMap(i -> Stream.of(i, i, i))
                .map(i -> new Segmented<>(Findings.segment(1), pixels(Map.of())))
                .toList();
        var last = new Segmented<>(Findings.segment(1), pixels(Map.of(0, new int[] {7})));

        var written = Segmentations.labelMap(
                Findings.draft(source),
                Stream.concat(segments.stream(), Stream.of(last)).toList());

        assertThat(written.dataset().integer(Tags.BITS_ALLOCATED)).contains(16);
        assertThat(new SegmentationReader(source, 0.5)
                        .read(written.dataset())
                        .get(360)
                        .mask())
                .isEqualTo(last.pixels());
    }

    @Test
    void takesTheAxesOfAVolumeAsColumnsRowsAndFrames() {
        var numbers = new float[] {0, 1, 10, 11, 100, 101, 110, 111, 200, 201, 210, 211};
        var volume = new Volume(1, new Grid(List.of(3, 2, 2), Affine.identity()), numbers, 12);

        var raster = Raster.of(volume, 0);

        assertThat(raster.rows()).isEqualTo(2);
        assertThat(raster.columns()).isEqualTo(3);
        assertThat(raster.frames().get(0)).containsExactly(0, 100, 200, 10, 110, 210);
        assertThat(raster.frames().get(1)).containsExactly(1, 101, 201, 11, 111, 211);
    }

    @Test
    void refusesMorePixelsThanAnObjectCanHave() {
        assertThatThrownBy(() -> Room.of(1L << 31)).hasMessageContaining("write it in parts");
        assertThat(Room.of(3)).hasSize(4);
    }

    @Test
    void leavesOutFramesWithoutAPixel() {
        var dataset = axial();

        assertThat(dataset.integer(Tags.NUMBER_OF_FRAMES)).contains(8);
        assertThat(dataset.items(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE))
                .extracting(groups -> groups.item(Tags.SEGMENT_IDENTIFICATION_SEQUENCE)
                        .orElseThrow()
                        .integer(Tags.REFERENCED_SEGMENT_NUMBER)
                        .orElseThrow())
                .containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
    }

    @Test
    void writesOneEmptyFrameIfNothingWasFound() throws IOException {
        var nothing = new Segmented<>(Findings.segment(1), pixels(Map.of()));

        var written = Segmentations.binary(Findings.draft(Sources.ultrasound()), List.of(nothing));

        assertThat(written.dataset().integer(Tags.NUMBER_OF_FRAMES)).contains(1);
        assertThat(new SegmentationReader(Sources.ultrasound(), 0.5).read(written.dataset()))
                .extracting(ReadSegment::mask)
                .containsExactly(nothing.pixels());
    }

    @Test
    void packsFramesWithoutAGap() {
        var one = new Segmented<>(Findings.segment(1), pixels(Map.of(0, new int[] {0, 9})));
        var two = new Segmented<>(Findings.segment(2), pixels(Map.of(0, new int[] {0, 119})));

        var written = Segmentations.binary(Findings.draft(Sources.ultrasound()), List.of(one, two));

        var bytes = ((Value.Bytes)
                        written.dataset().get(Tags.PIXEL_DATA).orElseThrow().value())
                .bytes();
        assertThat(bytes).hasSize(30);
        assertThat(bytes[0]).isEqualTo((byte) 1);
        assertThat(bytes[1]).isEqualTo((byte) 2);
        assertThat(bytes[15]).isEqualTo((byte) 1);
        assertThat(bytes[29]).isEqualTo((byte) 0x80);
    }

    @Test
    void saysWhereEachFrameLiesAndWhatItIsAbout() {
        var source = Sources.flipped();
        var dataset = Segmentations.binary(Findings.draft(source), List.of(Findings.lesion(5)))
                .dataset();

        var frames = dataset.items(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        for (int i = 0; i < 4; i++) {
            var slice = source.get(4 - i);
            var groups = frames.get(i);
            assertThat(groups.item(Tags.PLANE_POSITION_SEQUENCE).orElseThrow().numbers(Tags.IMAGE_POSITION_PATIENT))
                    .isEqualTo(slice.plane().orElseThrow().position());
            assertThat(groups.item(Tags.DERIVATION_IMAGE_SEQUENCE)
                            .orElseThrow()
                            .item(Tags.SOURCE_IMAGE_SEQUENCE)
                            .orElseThrow()
                            .string(Tags.REFERENCED_SOP_INSTANCE_UID))
                    .isEqualTo(slice.object().string(Tags.SOP_INSTANCE_UID));
            assertThat(groups.item(Tags.FRAME_CONTENT_SEQUENCE).orElseThrow().integers(Tags.DIMENSION_INDEX_VALUES))
                    .containsExactly(1, i + 1);
        }
        var shared = dataset.item(Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).orElseThrow();
        assertThat(shared.item(Tags.PLANE_ORIENTATION_SEQUENCE).orElseThrow().numbers(Tags.IMAGE_ORIENTATION_PATIENT))
                .isEqualTo(source.get(0).plane().orElseThrow().along());
        assertThat(shared.item(Tags.PIXEL_MEASURES_SEQUENCE).orElseThrow().numbers(Tags.PIXEL_SPACING))
                .containsExactly(0.8, 0.7);
        assertThat(shared.item(Tags.PIXEL_MEASURES_SEQUENCE).orElseThrow().number(Tags.SPACING_BETWEEN_SLICES))
                .contains(2.5);
    }

    @Test
    void claimsNoPlaceForUltrasound() {
        var source = Sources.ultrasoundLoop();
        var dataset = Segmentations.binary(Findings.draft(source), List.of(Findings.lesion(3)))
                .dataset();

        assertThat(dataset.has(Tags.FRAME_OF_REFERENCE_UID)).isFalse();
        var last = dataset.items(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE).get(1);
        assertThat(last.has(Tags.PLANE_POSITION_SEQUENCE)).isFalse();
        assertThat(last.item(Tags.FRAME_CONTENT_SEQUENCE).orElseThrow().integer(Tags.IN_STACK_POSITION_NUMBER))
                .contains(3);
        assertThat(last.item(Tags.DERIVATION_IMAGE_SEQUENCE)
                        .orElseThrow()
                        .item(Tags.SOURCE_IMAGE_SEQUENCE)
                        .orElseThrow()
                        .integer(Tags.REFERENCED_FRAME_NUMBER))
                .contains(3);
    }

    @Test
    void hasTheSameUidsForTheSamePrediction() {
        assertThat(axial().string(Tags.SOP_INSTANCE_UID)).isEqualTo(axial().string(Tags.SOP_INSTANCE_UID));
        assertThat(Uids.of("a")).isNotEqualTo(Uids.of("b")).matches("2\\.25\\.[1-9][0-9]{1,38}");
    }

    @Test
    void isAboutThePatientAndTheStudyOfTheSource() {
        assertThat(axial().string(Tags.PATIENT_ID)).contains("P7");
        assertThat(axial().string(Tags.STUDY_INSTANCE_UID)).contains("1.2.3");
        assertThat(axial().string(Tags.SERIES_INSTANCE_UID))
                .isNotEqualTo(Sources.axial().get(0).object().string(Tags.SERIES_INSTANCE_UID));
    }

    @Test
    void refusesWhatDoesNotFit() {
        var draft = Findings.draft(Sources.axial());
        var lesion = Findings.lesion(5);

        assertThatThrownBy(() -> Segmentations.binary(draft, List.of(Findings.lesion(4))))
                .hasMessageContaining("4 frames of 12 x 10 pixels are not the 5 frames");
        assertThatThrownBy(() -> Segmentations.labelMap(draft, List.of(lesion, lesion)))
                .hasMessageContaining("write them as BINARY");
        assertThatThrownBy(() -> Levels.of(new Raster(1, 1, List.of(new float[] {1.5f}))))
                .hasMessage("1.5 is no probability");
        assertThatThrownBy(() -> new Raster(1, 2, List.of(new float[] {1})))
                .hasMessageContaining("1 pixels; it must have 2");
    }

    private static Dataset axial() {
        return Segmentations.binary(Findings.draft(Sources.axial()), List.of(Findings.lesion(5), Findings.second(5)))
                .dataset();
    }

    private static Mask pixels(Map<Integer, int[]> frames) {
        var set = new BitSet();
        frames.values().forEach(pixels -> java.util.Arrays.stream(pixels).forEach(set::set));
        return new Mask(Sources.ROWS, Sources.COLUMNS, List.of(set));
    }
}
