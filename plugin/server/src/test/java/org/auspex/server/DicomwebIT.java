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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.multipart.MultipartWriter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Images stored at {@code /dicomweb} come into the right patient's record, and are found and fetched there again. */
class DicomwebIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SYSTEM = "urn:oid:2.16.840.1.1";

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("--auspex.dicom.quiet=PT0.2S", "--auspex.dicom.patient-systems[WARD 1]=" + SYSTEM);
        patient("p-images", "4711", "1970-02-03", AdministrativeGender.FEMALE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void makesAnImagingStudyOfWhatIsStored() {
        var answer = stow("studies", Ultrasound.file(Ultrasound.image(1, 1, "4711")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).at("/00081199/Value/0/00081155/Value/0").asText())
                .isEqualTo("2.25.1.1.1");
        var study = studied(1, 1);
        assertThat(study.getSubject().getReference()).isEqualTo("Patient/p-images");
        assertThat(study.getModalityFirstRep().getCode()).isEqualTo("US");
        assertThat(study.getStartedElement().getValueAsString()).isEqualTo("2026-01-02T10:15:00+08:00");
        assertThat(study.getSeriesFirstRep().getInstanceFirstRep().getSopClass().getCode())
                .isEqualTo("urn:oid:" + Ultrasound.SOP_CLASS);
        assertThat(study.getEndpointFirstRep().getReference()).isEqualTo("Endpoint/auspex-dicomweb");
        assertThat(server.search("ImagingStudy?modality=US&patient=p-images")).isNotEmpty();
    }

    @Test
    void losesNoneOfManyThatArriveAtOnce() {
        var answers = IntStream.rangeClosed(1, 24)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> stow("studies/" + Ultrasound.uid(2), Ultrasound.file(Ultrasound.image(2, i, "4711")))))
                .toList();
        answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));

        assertThat(studied(2, 24).getSeriesFirstRep().getNumberOfInstances()).isEqualTo(24);
        assertThat(server.search("ImagingStudy?identifier=urn:dicom:uid|urn:oid:2.25.2"))
                .hasSize(1);
    }

    @Test
    void completesAStudyThatTheRecordKnows() {
        var known = new ImagingStudy();
        known.setStatus(ImagingStudy.ImagingStudyStatus.REGISTERED);
        known.addIdentifier().setSystem("urn:dicom:uid").setValue("urn:oid:2.25.3");
        known.getSubject().setReference("Patient/p-images");
        known.addNote().setText("ordered by the ward");
        var id = server.client().create().resource(known).execute().getId().getIdPart();

        stow("studies", Ultrasound.file(Ultrasound.image(3, 1, "4711")));
        var study = studied(3, 1);
        stow("studies", Ultrasound.file(Ultrasound.image(3, 2, "4711")));

        assertThat(study.getIdElement().getIdPart()).isEqualTo(id);
        assertThat(studied(3, 2).getNoteFirstRep().getText()).isEqualTo("ordered by the ward");
    }

    @Test
    void asksAnOperatorWhoseImagesTheyAreAndLinksThemThen() {
        stow("studies", Ultrasound.file(Ultrasound.image(4, 1, "0815")));
        var task = task(4, Task.TaskStatus.FAILED);

        assertThat(task.getStatusReason().getText())
                .isEqualTo("No active Patient has the identifier that the objects name");
        assertThat(task.getFor().getIdentifier().getValue()).isEqualTo("0815");
        assertThat(server.search("ImagingStudy?identifier=urn:dicom:uid|urn:oid:2.25.4"))
                .isEmpty();

        patient("p-late", "0815", "1970-02-03", AdministrativeGender.FEMALE);
        task.setStatus(Task.TaskStatus.REQUESTED);
        server.client().update().resource(task).execute();

        assertThat(studied(4, 1).getSubject().getReference()).isEqualTo("Patient/p-late");
        assertThat(task(4, Task.TaskStatus.COMPLETED)
                        .getOutputFirstRep()
                        .getValue()
                        .toString())
                .isNotEmpty();
    }

    @Test
    void doesNotBelieveAnIdentifierThatTheRestContradicts() {
        patient("p-other", "9999", "1980-01-01", AdministrativeGender.MALE);

        stow("studies", Ultrasound.file(Ultrasound.image(5, 1, "9999")));
        stow(
                "studies",
                Ultrasound.file(Ultrasound.image(6, 1, "4711")),
                Ultrasound.file(Ultrasound.image(6, 2, "0001")));

        assertThat(task(5, Task.TaskStatus.FAILED).getStatusReason().getText())
                .isEqualTo(
                        "Patient/p-other has the identifier that the objects name, but another date of birth; correct whichever is wrong");
        assertThat(task(6, Task.TaskStatus.FAILED).getStatusReason().getText())
                .isEqualTo("The objects of the study do not agree whose they are: they name 2 patients");
        assertThat(get("studies/2.25.6/metadata", "*/*").statusCode()).isEqualTo(200);
    }

    @Test
    void saysOfEachObjectWhyItWasNotStored() {
        var image = Ultrasound.image(7, 1, "4711");
        stow("studies", Ultrasound.file(image));
        var other = Ultrasound.file(image.set(Tags.INSTANCE_NUMBER, Vr.IS, 5L));

        var some = stow("studies", other, Ultrasound.file(Ultrasound.image(7, 2, "4711")));
        var none = stow("studies", other, "text".getBytes(StandardCharsets.UTF_8));
        var misplaced = stow("studies/2.25.77", Ultrasound.file(Ultrasound.image(7, 3, "4711")));

        assertThat(some.statusCode()).isEqualTo(202);
        assertThat(json(some).at("/00081198/Value/0/00081197/Value/0").asInt()).isEqualTo(0x0111);
        assertThat(json(some).at("/00081199/Value").size()).isEqualTo(1);
        assertThat(none.statusCode()).isEqualTo(409);
        assertThat(json(none).at("/00081198/Value/1/00081197/Value/0").asInt()).isEqualTo(0xC000);
        assertThat(misplaced.statusCode()).isEqualTo(409);
        assertThat(json(misplaced).at("/00081198/Value/0/00081197/Value/0").asInt())
                .isEqualTo(0xA900);
    }

    @Test
    void refusesMessagesThatAreNone() throws Exception {
        var cut = message("b", Ultrasound.file(Ultrasound.image(8, 1, "4711")));

        assertThat(post("studies", "application/dicom", cut).statusCode()).isEqualTo(415);
        assertThat(post("studies", type("c"), cut).statusCode()).isEqualTo(400);
        assertThat(post("studies", type("b"), Arrays.copyOf(cut, cut.length - 100))
                        .body())
                .isEqualTo("The message ends before its last boundary, or is none of parts");
        assertThat(post("series", type("b"), cut).statusCode()).isEqualTo(405);
        assertThat(get("studies?PatientID=4711&fuzzymatching=true", "*/*").body())
                .startsWith("fuzzymatching is not supported");
        assertThat(get("studies?Nothing=1", "*/*").body()).startsWith("'Nothing' is no attribute");
        assertThat(get("studies?limit=some", "*/*").statusCode()).isEqualTo(400);
        assertThat(get("studies/../x/metadata", "*/*").statusCode()).isIn(400, 404);
        assertThat(get("studies/2.25.8/metadata", "*/*").statusCode()).isEqualTo(404);
    }

    @Test
    void findsAndFetchesWhatWasStored() {
        stow(
                "studies",
                Ultrasound.file(Ultrasound.image(9, 1, "4711")),
                Ultrasound.file(Ultrasound.image(9, 2, "4711")));

        var studies =
                json(get("studies?StudyInstanceUID=2.25.9&includefield=BodyPartExamined", "application/dicom+json"));
        var header =
                json(get("studies/2.25.9/series/2.25.9.1/instances/2.25.9.1.2/metadata", "application/dicom+json"));
        var pixels = header.at("/0/7FE00010/BulkDataURI").asText();
        var file = bytes(
                URI.create(server.base().replace("/fhir", "/dicomweb")
                        + "/studies/2.25.9/series/2.25.9.1/instances/2.25.9.1.2"),
                "application/dicom");

        assertThat(studies.at("/0/00201208/Value/0").asInt()).isEqualTo(2);
        assertThat(studies.at("/0/00180015/Value/0").asText()).isEqualTo("BREAST");
        assertThat(studies.at("/0/00100010/Value/0/Alphabetic").asText()).isEqualTo("Müller^Anna");
        assertThat(studies.at("/0/00081190/Value/0").asText()).endsWith("/dicomweb/studies/2.25.9");
        assertThat(bytes(URI.create(pixels), "application/octet-stream"))
                .hasSize(16)
                .startsWith(0, 1, 2, 3);
        assertThat(file).isEqualTo(Ultrasound.file(Ultrasound.image(9, 2, "4711")));
        assertThat(get("studies/2.25.9", "multipart/related; type=\"application/dicom\"")
                        .headers()
                        .firstValue("Content-Type"))
                .hasValueSatisfying(type ->
                        assertThat(type).startsWith("multipart/related; type=\"application/dicom\"; boundary="));
        assertThat(get("studies/2.25.9", "image/jpeg").statusCode()).isEqualTo(406);
    }

    @Test
    void fetchesFramesAsTheyAreAndAsPictures() throws IOException {
        var image = Ultrasound.image(10, 1, "4711").set(Tags.NUMBER_OF_FRAMES, Vr.IS, 2L);
        image.set(Tags.PIXEL_DATA, Vr.OB, new byte[] {
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 9
        });
        stow("studies", Ultrasound.file(image));
        var instance = "studies/2.25.10/series/2.25.10.1/instances/2.25.10.1.1";

        var second = get(instance + "/frames/2", "multipart/related; type=\"application/octet-stream\"");
        var picture = javax.imageio.ImageIO.read(
                new java.io.ByteArrayInputStream(bytes(at(instance + "/frames/2/rendered"), "image/png")));

        assertThat(second.body())
                .contains("Content-Type: application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1")
                .contains("\u0007".repeat(15) + "\t");
        assertThat(picture.getWidth()).isEqualTo(4);
        assertThat(get(instance + "/frames/3", "*/*").body()).isEqualTo("There is no frame 3; there are 2");
        assertThat(get(instance + "/frames/x", "*/*").statusCode()).isEqualTo(404);
        assertThat(get(instance + "/frames/1", "multipart/related; type=\"image/jpeg\"")
                        .statusCode())
                .isEqualTo(406);
    }

    @Test
    void isUnderstoodByAStandardClient() throws Exception {
        var modules = Path.of("../../.ci/node/node_modules").toAbsolutePath().normalize();
        Assumptions.assumeTrue(
                Files.isDirectory(modules.resolve("dicomweb-client")),
                "SKIPPED LOUDLY: no dicomweb-client; run npm install --prefix .ci/node dicomweb-client@0.11.3 xhr2@0.2.1");
        var file = Files.write(
                Files.createTempFile(Path.of("target"), "npm", ".dcm"),
                Ultrasound.file(Ultrasound.image(11, 1, "npm-1")));
        var said = Files.createTempFile(Path.of("target"), "npm", ".json");

        var process = new ProcessBuilder(
                        "node",
                        Path.of("src/test/resources/dicomweb-client.cjs")
                                .toAbsolutePath()
                                .toString(),
                        modules.toString(),
                        server.base().replace("/fhir", "/dicomweb"),
                        file.toAbsolutePath().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(said.toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(said).strip())
                .isEqualTo("{\"studies\":1,\"series\":1,\"instances\":1,\"metadata\":1,\"same\":true,\"study\":1,"
                        + "\"frame\":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15],\"bulk\":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15],"
                        + "\"rendered\":\"PNG\",\"missing\":404}");
    }

    private static void patient(String id, String identifier, String born, AdministrativeGender gender) {
        var patient = new Patient();
        patient.setId(id);
        patient.addIdentifier().setSystem(SYSTEM).setValue(identifier);
        patient.getBirthDateElement().setValueAsString(born);
        patient.setGender(gender);
        server.client().update().resource(patient).execute();
    }

    private static ImagingStudy studied(int study, int instances) {
        return RunningServer.eventually(
                        PATIENCE,
                        () ->
                                server
                                        .search("ImagingStudy?identifier=urn:dicom:uid|urn:oid:"
                                                + Ultrasound.uid(study))
                                        .stream()
                                        .map(ImagingStudy.class::cast)
                                        .filter(found -> found.getNumberOfInstances() == instances)
                                        .findFirst())
                .orElseThrow(() -> new AssertionError(
                        "No ImagingStudy with %d instances for study %d".formatted(instances, study)));
    }

    private static Task task(int study, Task.TaskStatus status) {
        return RunningServer.eventually(
                        PATIENCE,
                        () -> server
                                .search(
                                        "Task?identifier=https://auspex-fhir.org/fhir/identifier/work|imaging-study%20urn:oid:"
                                                + Ultrasound.uid(study))
                                .stream()
                                .map(Task.class::cast)
                                .filter(task -> task.getStatus() == status)
                                .findFirst())
                .orElseThrow(() -> new AssertionError("No Task %s for study %d".formatted(status, study)));
    }

    private static HttpResponse<String> stow(String path, byte[]... files) {
        return post(path, type("b"), message("b", files));
    }

    private static String type(String boundary) {
        return "multipart/related; type=\"application/dicom\"; boundary=" + boundary;
    }

    private static byte[] message(String boundary, byte[]... files) {
        var bytes = new ByteArrayOutputStream();
        try (var parts = new MultipartWriter(bytes, boundary)) {
            for (var file : files) {
                parts.part(List.of("Content-Type: application/dicom"));
                bytes.write(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static HttpResponse<String> post(String path, String type, byte[] body) {
        return send(
                HttpRequest.newBuilder(at(path)).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path, String accept) {
        return send(HttpRequest.newBuilder(at(path)).header("Accept", accept), BodyHandlers.ofString());
    }

    private static byte[] bytes(URI address, String accept) {
        return send(HttpRequest.newBuilder(address).header("Accept", accept), BodyHandlers.ofByteArray())
                .body();
    }

    private static URI at(String path) {
        return URI.create(server.base().replace("/fhir", "/dicomweb/") + path);
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request.build(), handler);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(answer.body(), e);
        }
    }
}
