package org.auspex.imaging.pixels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects of scanners, written by DCMTK in each transfer syntax that it has, give the same pixels. */
class SamplesIT {

    private static final Path SAMPLES = Path.of("../../../shared/data/dicom");

    private final PixelReader reader = new PixelReader(PixelLimits.DEFAULT);

    @TempDir
    Path folder;

    static Stream<Arguments> lossless() {
        var commands = List.of("dcmconv +ti", "dcmconv +tb", "dcmconv +td", "dcmcrle", "dcmcjpeg +e1", "dcmcjpeg +el");
        return Stream.of("ct_image", "MR2_UNCI", "eCT_Supplemental", "OBXXXX1A_2frame", "sm_image")
                .flatMap(sample -> commands.stream().map(command -> Arguments.of(sample, command)));
    }

    @ParameterizedTest
    @MethodSource
    void lossless(String sample, String command) throws Exception {
        var original = frames(read(sample(sample)));

        var encoded = frames(read(by(command, sample(sample))));

        assertThat(encoded.count()).isEqualTo(original.count());
        for (int number = 1; number <= Math.min(3, original.count()); number++) {
            assertThat(encoded.stored(number)).isEqualTo(original.stored(number));
            assertThat(encoded.rgb(number)).isEqualTo(original.rgb(number));
        }
    }

    @Test
    void lossyJpegAsDcmtkDecodesIt() throws Exception {
        var jpeg = by("dcmcjpeg +eb", sample("eCT_Supplemental"));
        var decoded = frames(read(by("dcmdjpeg", jpeg)));

        var ours = frames(read(jpeg));

        for (int number = 1; number <= ours.count(); number++) {
            var difference = difference(ours.stored(number), decoded.stored(number));
            assertThat(difference).isLessThanOrEqualTo(1);
        }
    }

    /** Decoders of JPEG may round differently. */
    private static int difference(int[] ours, int[] theirs) {
        int most = 0;
        for (int i = 0; i < ours.length; i++) {
            most = Math.max(most, Math.abs(ours[i] - theirs[i]));
        }
        return most;
    }

    private Frames frames(DicomObject object) throws IOException {
        return reader.open(object);
    }

    private static DicomObject read(Path file) throws IOException {
        return new BusToolkit().read(file, ReadLimits.DEFAULT);
    }

    private static Path sample(String name) {
        var sample = SAMPLES.resolve(name + ".dcm");
        Assumptions.assumeTrue(Files.exists(sample), "SKIPPED: no " + sample + " beside the checkout");
        return sample;
    }

    private Path by(String command, Path file) throws IOException, InterruptedException {
        var words = command.split(" ");
        var tool = Path.of("/usr/bin", words[0]);
        Assumptions.assumeTrue(Files.isExecutable(tool), "SKIPPED: DCMTK's " + tool + " is not installed");
        var made = folder.resolve(String.join("_", words).replace('+', '_') + ".dcm");
        var line = Stream.of(
                        Stream.of(tool.toString()),
                        Arrays.stream(words).skip(1),
                        Stream.of(file.toString(), made.toString()))
                .flatMap(word -> word)
                .toList();
        var output = folder.resolve("output.txt").toFile();
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        assertThat(process.waitFor()).as(Files.readString(output.toPath())).isZero();
        return made;
    }
}
