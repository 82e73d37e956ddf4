package org.auspex.imaging.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.reading.ReadSegment;
import org.auspex.imaging.results.reading.SegmentationReader;
import org.auspex.imaging.results.report.Reports;
import org.auspex.imaging.results.segmentation.ParametricMaps;
import org.auspex.imaging.results.segmentation.Quantity;
import org.auspex.imaging.results.segmentation.Segmentations;
import org.auspex.imaging.results.segmentation.Segmented;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What we write, as others read it: dciodvfy, dcmdump and pydicom. */
class ValidityIT {

    private static final String SCRIPT = "src/test/python/read_back.py";

    private static final List<String> NO_ERRORS = List.of();

    /** Debian's dciodvfy is older than label maps: judged as another Segmentation, one must differ in these points alone. */
    private static final List<String> LABEL_MAPS_TO_AN_OLDER_DCIODVFY = List.of(
            "Error - Unrecognized enumerated value <LABELMAP> for value 1 of attribute <Segmentation Type>",
            "Error - Missing attribute Type 1 Required Element=<SegmentIdentificationSequence> Module=<SegmentationMacro>");

    private final DicomToolkit toolkit = new BusToolkit();

    @TempDir
    private Path folder;

    static Stream<Arguments> objects() {
        return Stream.of("axial", "oblique", "flipped", "ultrasound", "loop")
                .flatMap(source -> Stream.of("binary", "label map", "probabilities", "map", "report")
                        .filter(kind -> !kind.equals("map")
                                || source(source).get(0).plane().isPresent())
                        .map(kind -> Arguments.of(source, kind)));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void hasNoErrorsForDciodvfy(String source, String kind) throws Exception {
        var object = object(source(source), kind);
        var known = NO_ERRORS;
        if (kind.equals("label map")) {
            object.dataset().set(Tags.SOP_CLASS_UID, Vr.UI, Kind.SEGMENTATION.sopClass);
            known = LABEL_MAPS_TO_AN_OLDER_DCIODVFY;
        }
        var file = written(object);

        var said = run("dicom3tools", "dciodvfy", file.toString());

        assertThat(said.lines().filter(line -> line.startsWith("Error")).distinct())
                .containsExactlyElementsOf(known);
        assertThat(said).containsAnyOf("Segmentation", "ParametricMap", "Comprehensive3DSR");
    }

    @ParameterizedTest
    @MethodSource("objects")
    void isReadByDcmdump(String source, String kind) throws Exception {
        var file = written(source, kind);

        var said = run("dcmtk", "dcmdump", "--print-all", file.toString());

        assertThat(said).doesNotContain("E: ", "W: ", "Unknown Tag").contains("SeriesInstanceUID");
    }

    /** The script prints, for each frame, segment, source image, source frame, position, orientation, spacing and the pixels. */
    @ParameterizedTest
    @MethodSource("objects")
    void isReadPixelForPixelByPydicom(String source, String kind) throws Exception {
        var file = written(source, kind);

        var said = run("python3-pydicom and python3-numpy", "/usr/bin/python3", SCRIPT, file.toString());

        assertThat(said.strip()).isEqualTo(expected(source, kind));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void isReadBackByUs(String source, String kind) throws Exception {
        var frames = source(source);
        var file = written(source, kind);

        var read = toolkit.read(file, ReadLimits.DEFAULT).dataset();

        assertThat(read.string(Tags.PATIENT_NAME))
                .isEqualTo(frames.get(0).object().string(Tags.PATIENT_NAME));
        if (kind.equals("binary")) {
            assertThat(new SegmentationReader(frames, 0.5).read(read))
                    .extracting(ReadSegment::mask)
                    .containsExactly(
                            Findings.lesion(frames.size()).pixels(),
                            Findings.second(frames.size()).pixels());
        }
    }

    private static String expected(String source, String kind) {
        var frames = source(source);
        var n = frames.size();
        return switch (kind) {
            case "binary" -> Expected.masks(frames, List.of(Findings.lesion(n), Findings.second(n)), true);
            case "label map" -> Expected.masks(frames, List.of(Findings.lesion(n)), false);
            case "probabilities" -> Expected.levels(frames, Findings.probability(n));
            case "map" -> Expected.numbers(frames, Findings.probability(n));
            default -> Expected.report(frames);
        };
    }

    private Path written(String source, String kind) throws IOException {
        return written(object(source(source), kind));
    }

    private Path written(DicomObject object) throws IOException {
        var file = folder.resolve("object.dcm");
        try (var out = Files.newOutputStream(file)) {
            toolkit.write(object, out);
        }
        return file;
    }

    private static DicomObject object(List<SourceFrame> source, String kind) {
        var draft = Findings.draft(source);
        var n = source.size();
        var binary = Segmentations.binary(draft, List.of(Findings.lesion(n), Findings.second(n)));
        return switch (kind) {
            case "binary" -> binary;
            case "label map" -> Segmentations.labelMap(draft, List.of(Findings.lesion(n)));
            case "probabilities" ->
                Segmentations.probabilities(
                        draft, List.of(new Segmented<>(Findings.segment(1), Findings.probability(n))));
            case "map" -> ParametricMaps.of(draft, Findings.probability(n), Quantity.UNCERTAINTY);
            default ->
                Reports.of(draft, Optional.of(binary.dataset()), List.of(Findings.measured(source)), Reports.ENGLISH);
        };
    }

    private static List<SourceFrame> source(String name) {
        return switch (name) {
            case "axial" -> Sources.axial();
            case "oblique" -> Sources.oblique();
            case "flipped" -> Sources.flipped();
            case "ultrasound" -> Sources.ultrasound();
            default -> Sources.ultrasoundLoop();
        };
    }

    private String run(String fromPackage, String... command) throws IOException, InterruptedException {
        var output = folder.resolve("said.txt");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "SKIPPED LOUDLY: no %s here; install %s".formatted(command[0], fromPackage));
            throw e;
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var said = Files.readString(output, StandardCharsets.UTF_8);
        assumeTrue(
                !said.contains("ModuleNotFoundError"),
                "SKIPPED LOUDLY: %s lacks a module; install %s".formatted(command[0], fromPackage));
        return said;
    }
}
