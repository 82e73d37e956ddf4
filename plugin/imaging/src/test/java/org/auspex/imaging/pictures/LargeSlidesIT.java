package org.auspex.imaging.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cuts tiles from a slide that is larger than memory, in a process that has little of it. */
class LargeSlidesIT {

    @TempDir
    Path folder;

    @Test
    void cutsTilesFromASlideOf50000By50000() throws Exception {
        var output = folder.resolve("output.txt");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // The tiles themselves are 64 MB: 256 of 250 x 250 pixels, 4 bytes each.
                        "-Xmx192m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeSlides.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();

        assertThat(Files.readString(output)).contains("256 of 20000 tiles");
        assertThat(process.exitValue()).isZero();
    }
}
