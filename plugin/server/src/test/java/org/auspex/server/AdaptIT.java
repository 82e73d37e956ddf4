package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.results.reading.Agreement;
import org.auspex.imaging.results.reading.SegmentationReader;
import org.auspex.imaging.results.segmentation.Mask;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Studies that people have marked become a candidate version of a head, which marks a study that it has not seen. */
class AdaptIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PATIENTS = 6;
    private static final int NEW = 7;
    private static final int UNMARKED = 8;
    private static final int OTHER_GRID = 9;
    private static final int EMPTY = 10;
    private static final int BY_MACHINE = 11;
    private static final String HEAD = "auspex-lesions-0.0.0";

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init")
    private static Path models;

    @BeforeAll
    static void start() throws IOException {
        models = MarkedDiscs.models();
        server = RunningServer.start(
                "--auspex.dicom.quiet=PT0.2S",
                "--auspex.dicom.patient-systems[WARD 1]=urn:oid:2.16.840.1.1",
                "--auspex.models.shipped=false",
                "--auspex.models.path=" + models);
        for (int study = 1; study <= BY_MACHINE; study++) {
            var patient = new Patient();
            patient.setId("p-" + study);
            patient.addIdentifier().setSystem("urn:oid:2.16.840.1.1").setValue("4711-" + study);
            server.client().update().resource(patient).execute();
            MarkedDiscs.store(server, image(study));
        }
        for (int study = 1; study <= PATIENTS; study++) {
            MarkedDiscs.store(server, MarkedDiscs.segmentation(image(study), MarkedDiscs.mask(study)));
        }
        var small = image(OTHER_GRID).set(Tags.ROWS, Vr.US, 32L).set(Tags.COLUMNS, Vr.US, 32L);
        var one = new BitSet();
        one.set(5);
        MarkedDiscs.store(server, MarkedDiscs.segmentation(small, new Mask(32, 32, List.of(one))));
        var marked = MarkedDiscs.segmentation(image(EMPTY), MarkedDiscs.mask(EMPTY));
        var bytes = MarkedDiscs.SIDE * MarkedDiscs.SIDE / 8;
        MarkedDiscs.store(server, marked.set(Tags.PIXEL_DATA, Vr.OB, new byte[bytes]));
        MarkedDiscs.store(server, byMachine());
        for (int study = 1; study <= BY_MACHINE; study++) {
            study(study);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void learnsACandidateThatMarksAStudyItHasNotSeen() throws Exception {
        var progress = new TreeSet<String>();

        var order = order(1, PATIENTS).addParameter("steps", new IntegerType(60));
        for (int study : new int[] {UNMARKED, EMPTY, BY_MACHINE}) {
            order.addParameter(named("unlabelled", study(study)));
        }

        var status = begun(adapt(HEAD, order));
        var answer = ended(status, progress);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var report = parameters(answer);
        assertThat(value(report, "model")).isEqualTo("lesions|0.1.0");
        assertThat(value(report, "stage")).isEqualTo("shadow");
        assertThat(value(report, "trainingPatients")).isEqualTo("5");
        assertThat(value(report, "unlabelledImages")).isEqualTo("3");
        assertThat(value(report, "heldOutPatients")).isEqualTo("1");
        assertThat(dice(report, "dice")).isGreaterThan(0.6).isGreaterThan(dice(report, "baseDice"));
        assertThat(dice(report, "thresholdDice")).isBetween(0.0, 1.0);
        assertThat(progress).anyMatch(text -> text.matches("training: \\d+ of 120"));
        var device = server.client()
                .read()
                .resource(Device.class)
                .withId("auspex-lesions-0.1.0")
                .execute();
        assertThat(device.getPropertyFirstRep()
                        .getValueCodeFirstRep()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("shadow");
        assertThat(Files.readString(models.resolve("lesions/0.1.0/README.md")))
                .contains("5 images of 5 patients", "3 more images", "one patient, no interval");
        assertThat(server.search("DiagnosticReport")).isEmpty();

        post("Device/auspex-lesions-0.1.0/$rollout", new Parameters().addParameter("stage", new CodeType("active")));
        var result = server.client()
                .operation()
                .onInstance(study(NEW))
                .named("$predict")
                .withParameter(Parameters.class, "model", new StringType("lesions"))
                .returnResourceType(Bundle.class)
                .execute();

        var marked = new SegmentationReader(List.of(MarkedDiscs.source(image(NEW))), 0.5)
                .read(segmentation((DiagnosticReport) result.getEntryFirstRep().getResource()));
        assertThat(Agreement.of(marked.get(0).mask(), MarkedDiscs.mask(NEW)).dice())
                .isGreaterThan(0.6);
    }

    @Test
    void endsWhenItIsCancelled() throws Exception {
        var order = order(1, 3).addParameter("steps", new IntegerType(5000)).addParameter("version", "5.0.0");
        var status = begun(adapt(HEAD, order));
        var training = RunningServer.eventually(
                PATIENCE,
                () -> send(request(status).GET())
                        .headers()
                        .firstValue("X-Progress")
                        .filter(text -> text.startsWith("training")));
        assertThat(training).isPresent();

        assertThat(send(request(status).DELETE()).statusCode()).isEqualTo(202);

        assertThat(send(request(status).GET()).statusCode()).isEqualTo(404);
        var drafts = Optional.of(models.resolve(".adapting"));
        assertThat(RunningServer.eventually(PATIENCE, () -> drafts.filter(AdaptIT::isEmpty)))
                .isPresent();
        assertThat(models.resolve("lesions/5.0.0")).doesNotExist();
    }

    @Test
    void namesTheStudyThatCannotBeLearntFrom() {
        refused(422, adapt(HEAD, order(1, 2, UNMARKED)), study(UNMARKED), "no DICOM Segmentation that a person made");
        refused(422, adapt(HEAD, order(1, 2, OTHER_GRID)), study(OTHER_GRID), "segment the source itself");
        refused(422, adapt(HEAD, order(1, 2, EMPTY)), study(EMPTY), "is empty");
        refused(
                422,
                adapt(HEAD, order(1, 2, UNMARKED).addParameter(study("ImagingStudy/none"))),
                study(UNMARKED),
                "ImagingStudy/none: it is not on this server");
        var nowhere = order(1, 2).addParameter(named("unlabelled", "ImagingStudy/none"));
        refused(422, adapt(HEAD, nowhere), "ImagingStudy/none: it is not on this server");
        var unknown = order(1, 2).addParameter("segment", "Kidney");
        refused(422, adapt(HEAD, unknown), study(1), "has the segments [1 'Lesion']");
    }

    @Test
    void saysWhatElseIsWrong() {
        refused(422, adapt(HEAD, order(1, 1)), "1 labelled images of 1 patients");
        refused(422, adapt(HEAD, order(1, 2).addParameter("version", "0.0.0")), "lesions|0.0.0 is there already");
        var twice = order(1, 2).addParameter(named("unlabelled", study(2)));
        refused(400, adapt(HEAD, twice), study(2) + " is named as study and as unlabelled");
        var nobody = new Parameters().addParameter(study("Patient/7"));
        assertThat(adapt(HEAD, nobody).body().split("study 'Patient/7' is no Reference", -1))
                .as("said once")
                .hasSize(2);
        refused(422, adapt("auspex-encoder-1.0.0", order(1, 2)), "encoder|1.0.0 cannot be adapted");
        refused(404, adapt("auspex-nobody-1.0.0", order(1, 2)), "Device/auspex-nobody-1.0.0 is no model");
        var wrong = new Parameters()
                .addParameter("heldOut", new DecimalType("0.9"))
                .addParameter("persist", new BooleanType(true))
                .addParameter(named("unlabelled", "Patient/1"));
        refused(
                400,
                adapt(HEAD, wrong),
                "unlabelled 'Patient/1' is no Reference to an ImagingStudy",
                "0 studies are named",
                "heldOut is no decimal",
                "'persist' is unknown");
    }

    @Test
    void learnsFromWhatAMachineMarkedOnlyIfItIsNamed() {
        refused(422, adapt(HEAD, order(1, 2, BY_MACHINE)), study(BY_MACHINE), "has to be named in segmentation");
        var uid = byMachine().string(Tags.SOP_INSTANCE_UID).orElseThrow();

        var named = order(1, 2, BY_MACHINE).addParameter("segmentation", uid).addParameter("version", "6.0.0");

        assertThat(send(request(begun(adapt(HEAD, named))).DELETE()).statusCode())
                .isEqualTo(202);
    }

    private static Dataset byMachine() {
        var segmentation = MarkedDiscs.segmentation(image(BY_MACHINE), MarkedDiscs.mask(BY_MACHINE));
        segmentation
                .items(Tags.SEGMENT_SEQUENCE)
                .forEach(item -> item.set(Tags.SEGMENT_ALGORITHM_TYPE, Vr.CS, "AUTOMATIC"));
        return segmentation;
    }

    private static Dataset image(int study) {
        return MarkedDiscs.image(study, "4711-" + study);
    }

    private static String study(int number) {
        return RunningServer.eventually(
                        PATIENCE,
                        () -> server.search("ImagingStudy?identifier=urn:dicom:uid|urn:oid:2.25." + number).stream()
                                .map(found ->
                                        "ImagingStudy/" + found.getIdElement().getIdPart())
                                .findFirst())
                .orElseThrow();
    }

    private static Parameters order(int first, int last, int... more) {
        var order = new Parameters();
        for (int study = first; study <= last; study++) {
            order.addParameter(study(study(study)));
        }
        for (int study : more) {
            order.addParameter(study(study(study)));
        }
        return order;
    }

    private static Parameters.ParametersParameterComponent study(String reference) {
        return named("study", reference);
    }

    private static Parameters.ParametersParameterComponent named(String name, String reference) {
        var parameter = new Parameters.ParametersParameterComponent();
        parameter.setName(name).setValue(new Reference(reference));
        return parameter;
    }

    private static HttpResponse<String> adapt(String device, Parameters order) {
        return post("Device/%s/$adapt".formatted(device), order);
    }

    private static HttpResponse<String> post(String path, Parameters parameters) {
        var body = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(parameters);
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String begun(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        var status = answer.headers().firstValue("Content-Location").orElseThrow();
        assertThat(status).startsWith(server.base() + "/$adapt-status?job=");
        return status;
    }

    private static HttpResponse<String> ended(String status, TreeSet<String> progress) {
        return RunningServer.eventually(PATIENCE, () -> {
                    var now = send(request(status).GET());
                    now.headers().firstValue("X-Progress").ifPresent(progress::add);
                    return Optional.of(now).filter(answer -> answer.statusCode() != 202);
                })
                .orElseThrow();
    }

    private static void refused(int status, HttpResponse<String> answer, String... texts) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(texts);
    }

    private static Parameters parameters(HttpResponse<String> answer) {
        var bundle = FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, answer.body());
        return (Parameters) bundle.getEntryFirstRep().getResource();
    }

    private static String value(Parameters parameters, String name) {
        return parameter(parameters, name).getValue().primitiveValue();
    }

    private static double dice(Parameters parameters, String name) {
        var value = parameter(parameters, name).getPartFirstRep().getValue();
        return ((DecimalType) value).getValue().doubleValue();
    }

    private static Parameters.ParametersParameterComponent parameter(Parameters parameters, String name) {
        return parameters.getParameter().stream()
                .filter(parameter -> parameter.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Dataset segmentation(DiagnosticReport report) throws Exception {
        var path = report.getPresentedForm().stream()
                .filter(form -> form.getTitle().startsWith("DICOM SEG"))
                .map(Attachment::getUrl)
                .findFirst()
                .orElseThrow();
        var request = HttpRequest.newBuilder(URI.create(server.base().replace("/fhir", "/") + path))
                .header("Accept", "application/dicom")
                .build();
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new BusToolkit()
                .read(new ByteArrayInputStream(answer.body()), ReadLimits.DEFAULT)
                .dataset();
    }

    private static boolean isEmpty(Path folder) {
        try (var files = Files.exists(folder) ? Files.list(folder) : java.util.stream.Stream.<Path>empty()) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : server.base() + "/" + path))
                .header("Content-Type", "application/fhir+json");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
