package org.auspex.imaging.dicomweb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real archive: Debian's {@code orthanc} with {@code orthanc-dicomweb}, on a free port, in an empty folder. */
public final class Orthanc implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> PLACES = List.of(
            "/usr/lib/libOrthancDicomWeb.so",
            "/usr/lib/x86_64-linux-gnu/libOrthancDicomWeb.so",
            "/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

    private final Process process;
    private final int port;

    private Orthanc(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it, or skips the test where it is not installed. */
    public static Orthanc start(Path folder) {
        var program = Stream.of("/usr/sbin/Orthanc", "/usr/bin/Orthanc")
                .filter(Orthanc::exists)
                .findFirst();
        var plugin = PLACES.stream().filter(Orthanc::exists).findFirst();
        Assumptions.assumeTrue(
                program.isPresent() && plugin.isPresent(),
                "SKIPPED LOUDLY: no Orthanc with DICOMweb; install Debian's orthanc and orthanc-dicomweb");
        try {
            var port = freePort();
            var settings =
                    Files.writeString(folder.resolve("orthanc.json"), settings(folder, plugin.orElseThrow(), port));
            var process = new ProcessBuilder(program.orElseThrow(), settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("orthanc.log").toFile())
                    .start();
            var orthanc = new Orthanc(process, port);
            orthanc.awaitAnswer(folder);
            return orthanc;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean exists(String path) {
        return Files.exists(Path.of(path));
    }

    private static String settings(Path folder, String plugin, int port) {
        return """
                {"Name": "Auspex test", "StorageDirectory": "%1$s", "IndexDirectory": "%1$s", "HttpPort": %2$d,
                 "DicomServerEnabled": false, "RemoteAccessAllowed": false, "AuthenticationEnabled": false,
                 "StableAge": 1, "Plugins": ["%3$s"],
                 "DicomWeb": {"Enable": true, "Root": "/dicom-web/", "EnableWado": false}}
                """.formatted(folder.resolve("storage"), port, plugin);
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void awaitAnswer(Path folder) throws IOException {
        var end = Instant.now().plus(PATIENCE);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                close();
                throw new IllegalStateException(
                        "Orthanc does not start: " + Files.readString(folder.resolve("orthanc.log")));
            }
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(100).toNanos());
        }
    }

    private boolean answers() throws IOException {
        var asked = (HttpURLConnection) base().resolve("studies").toURL().openConnection();
        try {
            return asked.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        } finally {
            asked.disconnect();
        }
    }

    /** Its DICOMweb address. */
    public URI base() {
        return URI.create("http://127.0.0.1:%d/dicom-web/".formatted(port));
    }

    /** Waits until it is gone, for the next one may want its folder. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
