package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.List;
import java.util.stream.StreamSupport;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.multipart.MultipartWriter;

/** The image of a golden case of breast-ultrasound as DICOM, a folder with that model, and a client of DICOMweb. */
final class GoldenUltrasound {

    static final int SIDE = 160;

    private static final Path MODEL = Path.of("../../testdata/models/breast-ultrasound/1.0.0");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final JsonNode golden;

    GoldenUltrasound() throws IOException {
        golden = new ObjectMapper()
                .readTree(MODEL.resolve("golden/01-no-report.json").toFile());
    }

    /** A models folder with nothing else. */
    static Path models() throws IOException {
        var models = Files.createTempDirectory(Path.of("target"), "models");
        var folder = models.resolve("breast-ultrasound/1.0.0");
        try (var files = Files.walk(MODEL)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var to = folder.resolve(MODEL.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        return models.toAbsolutePath();
    }

    Dataset image(int study) {
        var today = LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
        return Ultrasound.image(study, 1, "4711")
                .set(Tags.STUDY_DATE, Vr.DA, today)
                .set(Tags.STUDY_TIME, Vr.TM, "000000")
                .set(Tags.TIMEZONE_OFFSET_FROM_UTC, Vr.SH, "+0000")
                .set(Tags.ROWS, Vr.US, (long) SIDE)
                .set(Tags.COLUMNS, Vr.US, (long) SIDE)
                .set(Tags.PIXEL_DATA, Vr.OB, pixels());
    }

    private byte[] pixels() {
        var bytes = new byte[SIDE * SIDE];
        var numbers = golden.at("/tensors/0/data");
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * numbers.get(i).asDouble());
        }
        return bytes;
    }

    /** Pixels that the golden case has in its mask. */
    double marked() {
        return StreamSupport.stream(golden.at("/outcome/tensors/0/data").spliterator(), false)
                .filter(logit -> logit.asDouble() > 0)
                .count();
    }

    double malignancy() {
        var tensor = golden.at("/outcome/tensors/2");
        assertThat(tensor.path("name").asText()).isEqualTo("malignancy");
        return tensor.at("/data/0").asDouble();
    }

    /**
     * STOW-RS.
     *
     * @param dicomweb address with a slash at its end
     */
    static void store(URI dicomweb, Dataset image) {
        try {
            var body = new ByteArrayOutputStream();
            try (var writer = new MultipartWriter(body, "b")) {
                writer.part(List.of("Content-Type: application/dicom"));
                body.write(Ultrasound.file(image));
            }
            var request = HttpRequest.newBuilder(dicomweb.resolve("studies"))
                    .header("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=b")
                    .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                    .build();
            assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
