package org.auspex.imaging.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.archive.Pictures;
import org.auspex.imaging.archive.Query;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Uid;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.dicom.bus.StoreScp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C-STORE and C-ECHO as dcmtk's programs speak them. */
class StorageListenerIT {

    private static final Path STORESCU = Path.of("/usr/bin/storescu");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path files;

    @SuppressWarnings("NullAway.Init")
    private FolderArchive archive;

    @SuppressWarnings("NullAway.Init")
    private StorageListener listener;

    @BeforeEach
    void listen() throws IOException {
        archive = new FolderArchive(folder, new BusToolkit(), ReadLimits.DEFAULT, 0, Clock.systemUTC());
        listener = StoreScp.listen(
                archive,
                new Listening(
                        "127.0.0.1",
                        freePort(),
                        "AUSPEX",
                        Set.of("MODALITY"),
                        new Listening.Limits(2, Duration.ofSeconds(1), 100_000)));
    }

    @AfterEach
    void close() {
        listener.close();
    }

    @Test
    void storesWhatAModalitySendsAndTakesItAgain() {
        var first = Pictures.file(files, Pictures.picture("1.2", "1.2.3", "1.2.3.4"));
        var second = Pictures.file(files, Pictures.picture("1.2", "1.2.3", "1.2.3.5"));

        assertThat(run("echoscu", List.of()).status()).isZero();
        assertThat(run("storescu", List.of(first.toString(), second.toString())).status())
                .isZero();
        assertThat(run("storescu", List.of(first.toString())).status()).isZero();

        assertThat(archive.metadata(new Uid("1.2"), Optional.empty()))
                .extracting(header -> header.string(Tags.PATIENT_NAME))
                .containsExactly(Optional.of("Müller^Anna"), Optional.of("Müller^Anna"));
        assertThat(archive.changed().waiting()).hasSize(1);
        assertThat(archive.incoming()).isEmptyDirectory();
    }

    @Test
    void refusesAnotherObjectUnderAUidThatIsTaken() {
        run(
                "storescu",
                List.of(Pictures.file(files, Pictures.picture("1.2", "1.2.3", "1.2.3.4"))
                        .toString()));
        var other =
                Pictures.file(files, Pictures.picture("1.2", "1.2.3", "1.2.3.4").set(Tags.INSTANCE_NUMBER, Vr.IS, 9L));

        var refused = run("storescu", List.of("-v", other.toString()));

        assertThat(refused.said()).contains("0x111");
    }

    @Test
    void refusesCallersAndTitlesThatAreNotListed() {
        requirePrograms();
        var file = Pictures.file(files, Pictures.picture("1.2", "1.2.3", "1.2.3.4"))
                .toString();

        assertThat(program("storescu", "STRANGER", "AUSPEX", List.of(file)).said())
                .contains("Calling AE Title Not Recognized");
        assertThat(program("storescu", "MODALITY", "OTHER", List.of(file)).said())
                .contains("Called AE Title Not Recognized");
        assertThat(archive.search(Query.studies(Map.of()))).isEmpty();
    }

    @Test
    void cutsOffWhatIsTooLarge() {
        var large = Pictures.file(
                files, Pictures.picture("1.2", "1.2.3", "1.2.3.4").set(Tags.PIXEL_DATA, Vr.OB, new byte[200_000]));

        assertThat(run("storescu", List.of(large.toString())).status()).isNotZero();
        assertThat(archive.search(Query.studies(Map.of()))).isEmpty();
        assertThat(run("echoscu", List.of()).status()).isZero();
    }

    @Test
    void cutsOffWhoSaysNothing() throws IOException {
        try (var silent = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            silent.setSoTimeout(10_000);
            silent.getOutputStream().write("\u0001\u0000\u0000\u0000".getBytes(StandardCharsets.ISO_8859_1));

            assertThat(silent.getInputStream().readAllBytes()).hasSizeLessThan(100);
        }
        assertThat(run("echoscu", List.of()).status()).isZero();
    }

    @Test
    void bindsOnlyWhereItIsToldAndFreesThePort() throws IOException {
        var port = listener.port();
        assertThatThrownBy(() -> StoreScp.listen(
                        archive,
                        new Listening(
                                "127.0.0.1",
                                port,
                                "AUSPEX",
                                Set.of(),
                                new Listening.Limits(1, Duration.ofSeconds(1), 1))))
                .hasMessage(
                        "Port %d of 127.0.0.1 cannot be bound for C-STORE; set auspex.dicom.store.port to one that is free"
                                .formatted(port));

        listener.close();

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private record Ended(int status, String said) {}

    private Ended run(String program, List<String> arguments) {
        requirePrograms();
        return program(program, "MODALITY", "AUSPEX", arguments);
    }

    private static void requirePrograms() {
        Assumptions.assumeTrue(Files.exists(STORESCU), "SKIPPED LOUDLY: no storescu; install Debian's dcmtk");
    }

    private Ended program(String program, String calling, String called, List<String> arguments) {
        try {
            var command = new ArrayList<>(
                    List.of(program, "-aet", calling, "-aec", called, "127.0.0.1", String.valueOf(listener.port())));
            command.addAll(arguments);
            var said = Files.createTempFile(files, "said", ".txt");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(program + " does not end");
            }
            return new Ended(process.exitValue(), Files.readString(said));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
