package org.auspex.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that somebody may drop as weights, looked at from outside. */
class TorchArchiveTest {

    private static final long MOST = 1_000_000;
    private static final byte[] SOME = {1, 2, 3};
    private static final Path GOOD = Path.of("src/test/resources/torch/mean.pt");

    @TempDir
    private Path folder;

    @Test
    void passesTorchScript() throws IOException {
        assertThat(TorchArchive.problem(GOOD, MOST)).isEmpty();
    }

    @Test
    void refusesAPickle() throws IOException {
        assertThat(what(file(new byte[] {(byte) 0x80, 2, '}', 'q', 0, '.'})))
                .hasValue("model.pt is a pickle, which can run any program when it is opened");
    }

    @Test
    void refusesACheckpoint() throws IOException {
        assertThat(what(archive(Map.of("archive/data.pkl", SOME, "archive/data/0", SOME, "archive/version", SOME))))
                .hasValue("model.pt is a checkpoint made by torch.save, a pickle");
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        var bytes = Files.readAllBytes(GOOD);

        assertThat(what(file(Arrays.copyOf(bytes, bytes.length / 2))).orElseThrow())
                .startsWith("model.pt is a TorchScript archive that is cut off or damaged");
    }

    @Test
    void refusesAnythingElse() throws IOException {
        assertThat(what(file("not a network".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .hasValue("model.pt is no TorchScript archive");
        assertThat(what(archive(Map.of("a/readme", SOME)))).hasValue("model.pt is a zip archive, and no TorchScript");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "model/../../outside", "..", "model\\..\\outside", "C:/outside"})
    void refusesEntriesThatLeadOutOfIt(String name) throws IOException {
        assertThat(what(archive(Map.of("model/code/a.py", SOME, name, SOME))))
                .hasValue("the archive model.pt has the entry '%s', which leads out of it".formatted(name));
    }

    @Test
    void refusesWhatUnpacksToMoreThanIsAllowed() throws IOException {
        var bomb = archive(Map.of("model/code/a.py", SOME, "model/data/0", new byte[3_000_000]));

        assertThat(Files.size(bomb)).isLessThan(10_000);
        assertThat(what(bomb))
                .hasValue(
                        "the archive model.pt has entries that unpack to more than auspex.models.max-bytes = 1000000");
        assertThat(new WeightsPolicy(100, Optional.empty())
                        .problem(bomb, true)
                        .orElseThrow()
                        .what())
                .endsWith("bytes, more than auspex.models.max-bytes = 100");
    }

    private Optional<String> what(Path file) throws IOException {
        return TorchArchive.problem(file, MOST).map(Problem::what);
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("model.pt"), content);
    }

    private Path archive(Map<String, byte[]> entries) throws IOException {
        var file = folder.resolve("model.pt");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }
}
