package org.auspex.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.auspex.imaging.archive.ArchiveFailed;
import org.auspex.imaging.archive.ArchiveFailed.Kind;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.archive.Pictures;
import org.auspex.imaging.archive.Query;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Uid;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.dicomweb.DicomwebArchive.Reading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DicomwebArchiveTest {

    private static final Duration IDLE = Duration.ofMillis(400);
    private static final InstanceUids WANTED = InstanceUids.of("1.2", "1.2.3", "1.2.3.4");
    private static final String PARTS =
            "HTTP/1.1 200 OK\r\nContent-Type: multipart/related; type=\"application/dicom\"; boundary=b\r\nConnection: close\r\n\r\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ArchiveClient client =
            new ArchiveClient(new ClientLimits(Duration.ofSeconds(2), IDLE, Duration.ofSeconds(2), 100_000));

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void givesUpAnArchiveThatSaysNothing() throws IOException {
        try (var hangs = new Liar(out -> Thread.sleep(20_000))) {
            var before = Instant.now();

            var failed = failed(() -> archive(hangs).metadata(new Uid("1.2"), Optional.empty()));

            assertThat(failed.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failed)
                    .hasMessageMatching(
                            "http://127.0.0.1:\\d+/dicom-web at /dicom-web/studies/1.2/metadata did not begin to answer within PT0.4S");
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(hangs.asked().get(0)).contains("Authorization: Bearer secret");
            assertThat(failed.getMessage()).doesNotContain("secret");
        }
    }

    @Test
    void givesUpAnArchiveThatStopsInTheMiddle() throws IOException {
        try (var stops = new Liar(out -> {
            out.write((PARTS + "--b\r\nContent-Type: application/dicom\r\n\r\nhalf of an object")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            Thread.sleep(20_000);
        })) {
            var failed = failed(() -> archive(stops).fetch(WANTED, folder));

            assertThat(failed.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failed).hasMessageContaining("and then none for PT0.4S");
        }
    }

    @Test
    void givesUpAnArchiveThatDripsForEver() throws IOException {
        try (var drips = new Liar(out -> {
            out.write((PARTS + "--b\r\nContent-Type: application/dicom\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < 1000; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(50);
            }
        })) {
            var failed = failed(() -> archive(drips).fetch(WANTED, folder));

            assertThat(failed.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failed).hasMessageContaining("was not done within PT2S");
        }
    }

    @Test
    void takesNoMoreThanItsBudget() throws IOException {
        try (var floods = new Liar(out -> {
            out.write((PARTS + "--b\r\nContent-Type: application/dicom\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < 1000; i++) {
                out.write(new byte[10_000]);
            }
        })) {
            var failed = failed(() -> archive(floods).fetch(WANTED, folder));

            assertThat(failed.kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(failed)
                    .hasMessageContaining("more than the 100000 bytes that auspex.dicom.client.max-bytes allows");
            assertThat(folder.resolve("1.2.3.4.dcm").toFile().length()).isLessThan(200_000);
        }
    }

    @Test
    void namesWhatAnAnswerIsNot() throws IOException {
        assertThat(kind("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")).isEqualTo(Kind.NOT_FOUND);
        assertThat(kind("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")).isEqualTo(Kind.BUSY);
        assertThat(kind("HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n")).isEqualTo(Kind.REFUSED);
        assertThat(kind("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi"))
                .isEqualTo(Kind.MALFORMED);
        assertThat(kind("HTTP/1.1 200 OK\r\nContent-Type: multipart/related\r\nContent-Length: 2\r\n\r\nhi"))
                .isEqualTo(Kind.MALFORMED);
        assertThat(kind(PARTS + "--b\r\nContent-Type: application/dicom\r\n\r\nhalf"))
                .isEqualTo(Kind.MALFORMED);
        assertThat(kind(PARTS + "no boundary anywhere")).isEqualTo(Kind.MALFORMED);
        assertThat(kind(PARTS + "--b\r\nContent-Type: application/dicom\r\n\r\nno DICOM\r\n--b--\r\n"))
                .isEqualTo(Kind.MALFORMED);
        assertThat(
                        kind(
                                "HTTP/1.1 200 OK\r\nContent-Type: multipart/related; boundary=b\r\nContent-Length: 5000\r\n\r\n--b\r\nContent-Type: application/dicom\r\n\r\nhalf"))
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(kind("nonsense")).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void followsNoRedirect() throws IOException {
        try (var elsewhere = new Liar(Liar.saying("HTTP/1.1 200 OK\r\n\r\n"));
                var leads = new Liar(Liar.saying("HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                        .formatted(elsewhere.address().base())))) {
            var failed = failed(() -> archive(leads).fetch(WANTED, folder));

            assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failed)
                    .hasMessageEndingWith(
                            "answers 302: it has moved, and redirects are not followed; correct its address");
            assertThat(elsewhere.asked()).isEmpty();
        }
    }

    @Test
    void usesNothingThatItDidNotAskFor() throws IOException {
        var other = java.nio.file.Files.readString(
                Pictures.file(folder, Pictures.picture("1.2", "1.2.3", "1.2.3.9")), StandardCharsets.ISO_8859_1);
        try (var swaps = new Liar(
                Liar.saying(PARTS + "--b\r\nContent-Type: application/dicom\r\n\r\n" + other + "\r\n--b--\r\n"))) {
            assertThat(failed(() -> archive(swaps).fetch(WANTED, folder)))
                    .hasMessageEndingWith("sent another object than 1.2.3.4");
        }
    }

    @Test
    void asksForWhatItCannotDecodeOnceMoreUncompressed() throws IOException {
        var object = java.nio.file.Files.readString(
                Pictures.file(folder, Pictures.picture("1.2", "1.2.3", "1.2.3.4")), StandardCharsets.ISO_8859_1);
        try (var stores = new Liar(
                Liar.saying(PARTS + "--b\r\nContent-Type: application/dicom\r\n\r\n" + object + "\r\n--b--\r\n"))) {
            var archive = new DicomwebArchive(
                    stores.address(), client, new BusToolkit(), new Reading(ReadLimits.DEFAULT, Set.of("1.2.3")));

            assertThat(archive.fetch(WANTED, folder)).exists();
            assertThat(stores.asked()).hasSize(2);
            assertThat(stores.asked().get(0)).contains("transfer-syntax=*");
            assertThat(stores.asked().get(1)).contains("transfer-syntax=1.2.840.10008.1.2.1\r\n");
        }
    }

    @Test
    void saysThatNobodyIsThere() throws IOException {
        var gone = new Liar(Liar.saying(""));
        gone.close();

        var failed = failed(() -> archive(gone).search(Query.studies(Map.of())));

        assertThat(failed.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void findsNothingInAnEmptyAnswer() throws IOException {
        try (var empty = new Liar(Liar.saying("HTTP/1.1 204 No Content\r\n\r\n"))) {
            assertThat(archive(empty).search(Query.studies(Map.of(0x00100020, "a b&c"))))
                    .isEmpty();
            assertThat(empty.asked().get(0))
                    .startsWith("GET /dicom-web/studies?00100020=a%20b%26c&limit=1000&offset=0 HTTP/1.1");
        }
    }

    private Kind kind(String answer) throws IOException {
        try (var liar = new Liar(Liar.saying(answer))) {
            return failed(() -> archive(liar).fetch(WANTED, folder)).kind();
        }
    }

    private DicomwebArchive archive(Liar liar) {
        return new DicomwebArchive(
                liar.address(),
                client,
                new BusToolkit(),
                new Reading(ReadLimits.DEFAULT, Set.of("1.2.840.10008.1.2.1")));
    }

    private static ArchiveFailed failed(ThrowingCallable call) {
        return java.util.Objects.requireNonNull(catchThrowableOfType(ArchiveFailed.class, call));
    }
}
