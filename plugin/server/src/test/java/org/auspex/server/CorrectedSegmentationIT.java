package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
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
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
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
        var patient = new Patient();
        patient.setId("p-corrected");
        patient.addIdentifier().setSystem("urn:oid:2.16.840.1.1").setValue("4711");
        server.client().update().resource(patient).execute();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void countsHowFarARadiologistAgreedOnTheDevice() throws Exception {
        store(golden.image(11));
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
        store(golden.image(12));
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
                .open(read(Ultrasound.file(golden.image(study))))
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
        return server.search("DiagnosticReport?subject=p-corrected").stream()
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
