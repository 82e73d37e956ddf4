package org.auspex.imaging.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.Findings;
import org.auspex.imaging.results.Sources;
import org.auspex.imaging.results.segmentation.Segmentations;
import org.junit.jupiter.api.Test;

class ReportsTest {

    @Test
    void tracksAFindingAsTheSegmentationDoes() {
        var source = Sources.ultrasound();
        var segmentation = segmentation(source);
        var group = group(report(source, Optional.of(segmentation)));

        var segment = segmentation.items(Tags.SEGMENT_SEQUENCE).get(1);

        assertThat(named(group, "112040").string(Tags.UID)).isEqualTo(segment.string(Tags.TRACKING_UID));
        assertThat(named(group, "112039").string(Tags.TEXT_VALUE)).isEqualTo(segment.string(Tags.TRACKING_ID));
    }

    @Test
    void namesTheFrameOfASegmentInOneFrame() {
        var source = Sources.ultrasound();
        var group = group(report(source, Optional.of(segmentation(source))));

        assertThat(template(group)).contains("1410");
        var reference = reference(group, "121214");
        assertThat(reference.integer(Tags.REFERENCED_FRAME_NUMBER)).contains(2);
        assertThat(reference.has(Tags.REFERENCED_SEGMENT_NUMBER)).isFalse();
    }

    @Test
    void namesTheSegmentOfSeveralFramesAndTheImagesItIsIn() {
        var source = Sources.axial();
        var group = group(report(source, Optional.of(segmentation(source))));

        assertThat(template(group)).contains("1411");
        assertThat(reference(group, "121191").integer(Tags.REFERENCED_SEGMENT_NUMBER))
                .contains(2);
        assertThat(group.items(Tags.CONTENT_SEQUENCE).stream().filter(item -> isNamed(item, "121233")))
                .hasSize(4);
    }

    @Test
    void namesTheFramesOfALoopOnce() {
        var source = Sources.ultrasoundLoop();
        var group = group(report(source, Optional.of(segmentation(source))));

        assertThat(reference(group, "121233").integers(Tags.REFERENCED_FRAME_NUMBER))
                .containsExactly(2, 3);
    }

    @Test
    void reportsWithoutASegmentation() {
        var group = group(report(Sources.axial(), Optional.empty()));

        assertThat(template(group)).contains("1501");
        assertThat(group.items(Tags.CONTENT_SEQUENCE).stream().filter(item -> isNamed(item, "121112")))
                .hasSize(5);
    }

    @Test
    void givesNumbersWithUnitsAndWordsWithCodes() {
        var group = group(report(Sources.axial(), Optional.empty()));

        var probability =
                named(group, "111047").item(Tags.MEASURED_VALUE_SEQUENCE).orElseThrow();
        assertThat(probability.number(Tags.NUMERIC_VALUE)).contains(23.4);
        assertThat(probability
                        .item(Tags.MEASUREMENT_UNITS_CODE_SEQUENCE)
                        .orElseThrow()
                        .string(Tags.CODE_VALUE))
                .contains("%");
        var axis = named(group, "103339001");
        assertThat(axis.items(Tags.CONTENT_SEQUENCE))
                .extracting(item -> item.string(Tags.RELATIONSHIP_TYPE).orElseThrow())
                .containsExactly("HAS PROPERTIES", "HAS PROPERTIES");
        assertThat(named(group, "111354")
                        .item(Tags.CONCEPT_CODE_SEQUENCE)
                        .orElseThrow()
                        .string(Tags.CODE_VALUE))
                .contains("111355");
        assertThat(named(group, "111037").string(Tags.TEXT_VALUE)).contains("not circumscribed");
    }

    @Test
    void restsOnTheImagesAndTheSegmentation() {
        var source = Sources.axial();
        var segmentation = segmentation(source);

        var evidence = report(source, Optional.of(segmentation))
                .item(Tags.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE)
                .orElseThrow();

        var objects = evidence.items(Tags.REFERENCED_SERIES_SEQUENCE).stream()
                .flatMap(series -> series.items(Tags.REFERENCED_SOP_SEQUENCE).stream())
                .flatMap(item -> item.string(Tags.REFERENCED_SOP_INSTANCE_UID).stream())
                .toList();
        assertThat(objects)
                .containsExactly(
                        "1.2.3.4.1",
                        "1.2.3.4.2",
                        "1.2.3.4.3",
                        "1.2.3.4.4",
                        "1.2.3.4.5",
                        segmentation.string(Tags.SOP_INSTANCE_UID).orElseThrow());
    }

    /** The finding is that of the second segment. */
    private static Dataset segmentation(List<SourceFrame> source) {
        var lesion = Findings.lesion(source.size());
        var other = Findings.second(source.size());
        return Segmentations.binary(Findings.draft(source), List.of(other, lesion))
                .dataset();
    }

    private static Dataset report(List<SourceFrame> source, Optional<Dataset> segmentation) {
        return Reports.of(Findings.draft(source), segmentation, List.of(Findings.measured(source)), Reports.ENGLISH)
                .dataset();
    }

    private static Dataset group(Dataset report) {
        return named(named(report, "126010"), "125007");
    }

    private static Dataset named(Dataset item, String concept) {
        return item.items(Tags.CONTENT_SEQUENCE).stream()
                .filter(below -> isNamed(below, concept))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isNamed(Dataset item, String concept) {
        return item.items(Tags.CONCEPT_NAME_CODE_SEQUENCE).stream()
                .flatMap(code -> Stream.ofNullable(code.string(Tags.CODE_VALUE).orElse(null)))
                .anyMatch(concept::equals);
    }

    private static Dataset reference(Dataset group, String concept) {
        return named(group, concept).item(Tags.REFERENCED_SOP_SEQUENCE).orElseThrow();
    }

    private static Optional<String> template(Dataset group) {
        return group.item(Tags.CONTENT_TEMPLATE_SEQUENCE).flatMap(item -> item.string(Tags.TEMPLATE_IDENTIFIER));
    }
}
