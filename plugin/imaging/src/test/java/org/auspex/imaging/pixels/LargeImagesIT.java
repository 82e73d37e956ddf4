package org.auspex.imaging.pixels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads what is larger than memory, in a process that has little of it. */
class LargeImagesIT {

    @TempDir
    Path folder;

    @Test
    void readsRegionsOfASlideOf50000By50000() throws Exception {
        assertThat(run("96m", "TILED_FULL")).contains("2500000000 pixels", "the same");
    }

    @Test
    void readsRegionsOfASparseSlide() throws Exception {
        assertThat(run("256m", "TILED_SPARSE")).contains("2500000000 pixels", "the same");
    }

    @Test
    void readsALoopOf1000Frames() throws Exception {
        assertThat(run("64m", "LOOP")).contains("1000 frames", "last 999");
    }

    private String run(String memory, String what) throws IOException, InterruptedException {
        var output = folder.resolve("output.txt");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + memory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeImages.class.getName(),
                        what,
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        var text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
