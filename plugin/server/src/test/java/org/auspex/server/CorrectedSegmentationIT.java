package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.pixels.PixelLimits;
import org.auspex.imaging.pixels.PixelReader;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.Algorithm;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.Draft;
import org.auspex.imaging.results.Tracking;
import org.auspex.imaging.results.reading.SegmentationReader;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Segment;
import org.auspex.imaging.results.segmentation.Segmentations;
import org.auspex.imaging.results.segmentation.Segmented;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a radiologist's program stores at {@code /dicomweb} about an image that a model has marked is counted on the model's Device,
 * here where models mark in label maps.
 */
class CorrectedSegmentationIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DEVICE = "Device/auspex-breast-ultrasound-1.0.0";
    private static final String AGREEMENTS = "Observation?subject=" + DEVICE
            + "&code=https://auspex-fhir.org/fhir/CodeSystem/measurement|segmentation-agreement";

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init")
    private static GoldenUltrasound golden;

    @BeforeAll
    static void start() throws IOException {
        golden = new GoldenUltrasound();
        server = RunningServer.start(
                "--auspex.dicom.quiet=PT0.2S",
                "--auspex.dicom.segmentation=label-map",
                "--auspex.dicom.patient-systems[WARD 1]=urn:oid:2.16.840.1.1",
                "--auspex.models.shipped=false",
                "--auspex.models.path=" + GoldenUltrasound.models());
        patient("p-corrected", "4711", Enumerations.AdministrativeGender.FEMALE);
        patient("p-other", "4712", Enumerations.AdministrativeGender.MALE);
    }

    private static void patient(String id, String number, Enumerations.AdministrativeGender gender) {
        var patient = new Patient();
        patient.setId(id);
        patient.setGender(gender);
        patient.addIdentifier().setSystem("urn:oid:2.16.840.1.1").setValue(number);
        server.client().update().resource(patient).execute();
    }

    /** Studies from 20 on are of another patient. */
    private static Dataset image(int study) {
        return golden.image(study)
                .set(Tags.PATIENT_ID, Vr.LO, study < 20 ? "4711" : "4712")
                .set(Tags.PATIENT_SEX, Vr.CS, study < 20 ? "F" : "M");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void countsHowFarARadiologistAgreedOnTheDevice() throws Exception {
        store(image(11));
        var report = report(11);
        var model = marked(report, 11);
        var upper = upper(model);

        store(drawn(11, "2.25.11901", upper));

        var observation = eventually(() -> of(report).stream().findFirst());
        var dice = 2.0 * upper.pixels() / (model.pixels() + upper.pixels());
        assertThat(observation.getValueQuantity().getValue().doubleValue()).isCloseTo(dice, within(5e-5));
        assertThat(observation.getSubject().getReference()).isEqualTo(DEVICE);
        assertThat(observation.getDerivedFromFirstRep().getReference())
                .isEqualTo(report.getImagingStudyFirstRep().getReference());
        assertThat(observation.getIdentifier()).anyMatch(one -> one.getValue().equals("urn:oid:2.25.11901"));
        assertThat(observation.getMeta().getSecurity()).isEmpty();
        assertThat(metrics())
                .containsPattern(
                        "auspex_agreement_segmentations_total\\{model=\"breast-ultrasound\",version=\"1.0.0\"[^}]*} \\d");

        store(drawn(11, "2.25.11901", upper));
        store(drawn(11, "2.25.11902", model));

        var newer = eventually(() -> of(report).stream()
                .filter(one -> one.getValueQuantity().getValue().doubleValue() == 1)
                .findFirst());
        assertThat(newer.getIdentifier()).anyMatch(one -> one.getValue().equals("urn:oid:2.25.11902"));
        assertThat(of(report)).hasSize(2);
        assertThat(reports(11)).hasSize(1);
        assertThat(server.search("Task?status=failed")).isEmpty();
    }

    @Test
    void showsAnOperatorWhatLiesOnAnotherGrid() throws Exception {
        store(image(12));
        var report = report(12);
        var other = drawn(12, "2.25.12901", upper(marked(report, 12)))
                .set(Tags.ROWS, Vr.US, 80L)
                .set(Tags.COLUMNS, Vr.US, 320L);

        store(other);

        var task = eventually(() ->
                server
                        .search("Task?status=failed&identifier=segmentation%20urn:oid:2.25.12%20urn:oid:2.25.12901")
                        .stream()
                        .map(Task.class::cast)
                        .findFirst());
        assertThat(task.getStatusReason().getText()).contains("breast-ultrasound|1.0.0", "on its own grid");
        assertThat(of(report)).isEmpty();
        server.client().delete().resource(task).execute();
    }

    @Test
    void evaluatesTheModelByWhatPeopleDrewAfterIt() throws Exception {
        store(image(13));
        var upper = upper(marked(report(13), 13));
        var whole = marked(report(13), 13);
        store(drawn(15, "2.25.15901", upper));
        store(image(15));
        store(image(14));
        store(image(21));
        report(14);
        store(drawn(13, "2.25.13901", upper));
        report(21);
        store(drawn(21, "2.25.21901", whole));
        var early = report(15);
        store(drawn(15, "2.25.15901", upper));
        Stream.of(report(13), report(21), early)
                .forEach(report -> eventually(() -> of(report).stream().findFirst()));
        var order = new Parameters()
                .addParameter(
                        "query",
                        "ImagingStudy?identifier=urn:oid:2.25.13,urn:oid:2.25.14,urn:oid:2.25.15,urn:oid:2.25.21")
                .addParameter("subgroup", new CodeType("sex"));

        var answer = evaluated(order);

        var report = (MeasureReport) answer.getEntry().get(0).getResource();
        var mean = report.getGroupFirstRep();
        var lower = 2.0 * upper.pixels() / (whole.pixels() + upper.pixels());
        assertThat(mean.getCode().getText()).isEqualTo("mean Dice");
        assertThat(mean.getMeasureScore().getValue().doubleValue()).isCloseTo((1 + lower) / 2, within(1e-4));
        var interval = (Range) mean.getMeasureScore().getExtensionFirstRep().getValue();
        assertThat(interval.getLow().getValue().doubleValue()).isCloseTo(lower, within(1e-4));
        assertThat(interval.getHigh().getValue().doubleValue()).isEqualTo(1.0);
        assertThat(mean.getPopulation())
                .extracting(
                        population -> population.getCode().getCodingFirstRep().getCode() + " " + population.getCount())
                .containsExactly("initial-population 4", "measure-population 2", "measure-population-exclusion 2");
        assertThat(mean.getStratifierFirstRep().getStratum())
                .extracting(stratum -> stratum.getValue().getText())
                .containsExactly("female", "male");
        assertThat(report.getGroup().get(1).getCode().getText()).isEqualTo("median Dice");
        var page = new String(
                ((DocumentReference) answer.getEntry().get(1).getResource())
                        .getContentFirstRep()
                        .getAttachment()
                        .getData(),
                StandardCharsets.UTF_8);
        assertThat(page)
                .contains(
                        "2 of 4 studies were judged, of 2 people",
                        "the segmentation of a person was there before the prediction",
                        "no segmentation of a person is about it",
                        "<rect");
        var refused = evaluate(order.addParameter("outcome", "Condition"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("leave out outcome");
    }

    private static Bundle evaluated(Parameters order) throws Exception {
        var begun = evaluate(order);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        var status = HttpRequest.newBuilder(URI.create(
                        begun.headers().firstValue("Content-Location").orElseThrow()))
                .build();
        var answer = eventually(() -> Optional.of(sent(status)).filter(one -> one.statusCode() != 202));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, answer.body());
    }

    private static HttpResponse<String> evaluate(Parameters order) {
        var body = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(order);
        return sent(HttpRequest.newBuilder(URI.create("%s/%s/$evaluate".formatted(server.base(), DEVICE)))
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> sent(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Mask upper(Mask mask) {
        var bits = mask.frame(0);
        bits.clear((bits.nextSetBit(0) + bits.length()) / 2, bits.length());
        return new Mask(mask.rows(), mask.columns(), List.<BitSet>of(bits));
    }

    /** With the code that the model's segment has, and nothing else of it. */
    private static Dataset drawn(int study, String uid, Mask mask) throws IOException {
        var segment = new Segment(
                "Lesion, left",
                Segment.MORPHOLOGICALLY_ABNORMAL_STRUCTURE,
                Code.sct("126926005", "Breast lesion"),
                Optional.empty(),
                Tracking.of(uid, 1, "Lesion, left"));
        var program = new Algorithm("Drawing", "5.1", "Somebody", uid + ".3");
        var draft = new Draft(source(study), program, "Drawing", uid, LocalDateTime.of(2026, 11, 28, 12, 0));
        var written = Segmentations.binary(draft, List.of(new Segmented<>(segment, mask)))
                .dataset()
                .set(Tags.SOP_INSTANCE_UID, Vr.UI, uid);
        written.items(Tags.SEGMENT_SEQUENCE).get(0).set(Tags.SEGMENT_ALGORITHM_TYPE, Vr.CS, "SEMIAUTOMATIC");
        return written;
    }

    private static List<SourceFrame> source(int study) throws IOException {
        return List.of(new PixelReader(PixelLimits.DEFAULT)
                .open(read(Ultrasound.file(image(study))))
                .source(1));
    }

    private static DicomObject read(byte[] file) throws IOException {
        return new BusToolkit().read(new ByteArrayInputStream(file), ReadLimits.DEFAULT);
    }

    private static Mask marked(DiagnosticReport report, int study) throws Exception {
        var path = report.getPresentedForm().stream()
                .filter(form -> String.valueOf(form.getTitle()).startsWith("DICOM SEG, Label map"))
                .findFirst()
                .orElseThrow()
                .getUrl();
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(server.base().replace("/fhir", "/") + path))
                        .header("Accept", "application/dicom")
                        .build(),
                BodyHandlers.ofByteArray());
        var object = read(answer.body()).dataset();
        assertThat(object.string(Tags.SEGMENTATION_TYPE)).contains("LABELMAP");
        return new SegmentationReader(source(study), 0.5).read(object).get(0).mask();
    }

    private static DiagnosticReport report(int study) {
        return eventually(() -> reports(study).stream().findFirst());
    }

    private static List<DiagnosticReport> reports(int study) {
        return server.search("DiagnosticReport?subject=p-corrected,p-other").stream()
                .map(DiagnosticReport.class::cast)
                .filter(report -> report.getPresentedForm().stream()
                        .anyMatch(form -> String.valueOf(form.getUrl()).contains("/studies/2.25.%d/".formatted(study))))
                .toList();
    }

    private static List<Observation> of(DiagnosticReport report) {
        var reference = report.getIdElement().toUnqualifiedVersionless().getValue();
        return server.search(AGREEMENTS).stream()
                .map(Observation.class::cast)
                .filter(observation ->
                        observation.getFocusFirstRep().getReference().equals(reference))
                .toList();
    }

    private static String metrics() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.base().replace("/fhir", "/actuator/prometheus")))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    private static <T> T eventually(java.util.function.Supplier<Optional<T>> what) {
        return RunningServer.eventually(PATIENCE, what)
                .orElseThrow(() -> new AssertionError("Tasks: %s".formatted(server.search("Task?status=failed"))));
    }

    private static void store(Dataset object) {
        GoldenUltrasound.store(URI.create(server.base().replace("/fhir", "/dicomweb/")), object);
    }
}
