package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.multipart.MultipartWriter;

/** The synthetic slide that lies beside tki-response, of whomever a test says, and a folder with that model. */
final class SyntheticSlide {

    private static final Path MODEL = Path.of("../../testdata/models/tki-response/1.0.0");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int study;
    private final String patientId;
    private int series = 1;
    private Consumer<Dataset> change = level -> {};

    /** Scanned today, in study {@code 2.25.<study>}. */
    SyntheticSlide(int study, String patientId) {
        this.study = study;
        this.patientId = patientId;
    }

    /** The same as another slide of its study. */
    SyntheticSlide series(int number) {
        series = number;
        return this;
    }

    /** The same without tissue. */
    SyntheticSlide blank() {
        change = SyntheticSlide::blank;
        return this;
    }

    /** A models folder with nothing else. */
    static Path models() throws IOException {
        var models = Files.createTempDirectory(Path.of("target"), "models");
        var folder = models.resolve("tki-response/1.0.0");
        try (var files = Files.walk(MODEL)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var to = folder.resolve(MODEL.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        return models.toAbsolutePath();
    }

    /** How a report names the cells in which something was planted. */
    static Set<String> planted() throws IOException {
        return Files.readAllLines(MODEL.resolve("slide/cells.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .filter(cell -> cell[0].equals("planted"))
                .map(cell ->
                        "column %d, row %d".formatted(Integer.parseInt(cell[1]) + 1, Integer.parseInt(cell[2]) + 1))
                .collect(Collectors.toSet());
    }

    /** STOW-RS of both levels at once. */
    void store(URI dicomweb) throws IOException, InterruptedException {
        var body = new ByteArrayOutputStream();
        try (var writer = new MultipartWriter(body, "b")) {
            for (int number = 1; number <= 2; number++) {
                writer.part(List.of("Content-Type: application/dicom"));
                new BusToolkit().write(level(number), body);
            }
        }
        var request = HttpRequest.newBuilder(dicomweb.resolve("studies"))
                .header("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=b")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private DicomObject level(int number) throws IOException {
        var object = new BusToolkit().read(MODEL.resolve("slide/level-%d.dcm".formatted(number)), ReadLimits.DEFAULT);
        var today = LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
        var level = object.dataset()
                .set(Tags.STUDY_DATE, Vr.DA, today)
                .set(Tags.STUDY_TIME, Vr.TM, "000000")
                .set(Tags.TIMEZONE_OFFSET_FROM_UTC, Vr.SH, "+0000")
                .set(Tags.PATIENT_ID, Vr.LO, patientId)
                .set(Tags.ISSUER_OF_PATIENT_ID, Vr.LO, "WARD 1")
                .set(Tags.STUDY_INSTANCE_UID, Vr.UI, "2.25." + study)
                .set(Tags.SERIES_INSTANCE_UID, Vr.UI, "2.25.%d.%d".formatted(study, series))
                .set(Tags.SOP_INSTANCE_UID, Vr.UI, "2.25.%d.%d.%d".formatted(study, series, number));
        change.accept(level);
        var plain = level.string(Tags.PHOTOMETRIC_INTERPRETATION).equals(Optional.of("RGB"));
        return new DicomObject(level, plain ? "1.2.840.10008.1.2.1" : object.transferSyntax());
    }

    private static void blank(Dataset level) {
        int side = level.integer(Tags.TOTAL_PIXEL_MATRIX_COLUMNS).orElseThrow();
        var glass = new byte[side * side * 3];
        Arrays.fill(glass, (byte) 243);
        level.set(Tags.NUMBER_OF_FRAMES, Vr.IS, 1L)
                .set(Tags.ROWS, Vr.US, (long) side)
                .set(Tags.COLUMNS, Vr.US, (long) side)
                .set(Tags.PHOTOMETRIC_INTERPRETATION, Vr.CS, "RGB")
                .set(Tags.PIXEL_DATA, Vr.OB, glass);
    }
}
