package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.pixels.PixelLimits;
import org.auspex.imaging.pixels.PixelReader;
import org.auspex.imaging.results.reading.SegmentationReader;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An ultrasound image that is stored at {@code /dicomweb} becomes a Segmentation and a structured report in the archive, and a
 * DiagnosticReport in the record. The image is that of a golden case of the model, so that what must come out is known.
 */
class StudyPredictionIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double MILLIMETRES = 0.5;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init")
    private static GoldenUltrasound golden;

    @BeforeAll
    static void start() throws IOException {
        golden = new GoldenUltrasound();
        server = RunningServer.start(
                "--auspex.dicom.quiet=PT0.2S",
                "--auspex.dicom.patient-systems[WARD 1]=urn:oid:2.16.840.1.1",
                "--auspex.models.shipped=false",
                "--auspex.models.path=" + GoldenUltrasound.models());
        var patient = new Patient();
        patient.setId("p-ultrasound");
        patient.addIdentifier().setSystem("urn:oid:2.16.840.1.1").setValue("4711");
        server.client().update().resource(patient).execute();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void marksALesionMeasuresItAndKeepsItBesideTheImage() throws Exception {
        store(golden.image(1).set(Tags.PIXEL_SPACING, Vr.DS, MILLIMETRES, MILLIMETRES));

        var report = report(1);

        assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
        assertThat(report.getMeta().getSecurityFirstRep().getCode()).isEqualTo("AIAST");
        assertThat(report.getCategoryFirstRep().getCodingFirstRep().getCode()).isEqualTo("RAD");
        assertThat(report.getSubject().getReference()).isEqualTo("Patient/p-ultrasound");
        assertThat(report.getConclusion())
                .contains("Long axis", "mm", "since the", "Malignant breast lesion", "no report was read");
        var area = measured(report, "42798000");
        assertThat(area.getValueQuantity().getUnit()).isEqualTo("mm2");
        assertThat(area.getValueQuantity().getValue().doubleValue() / MILLIMETRES / MILLIMETRES)
                .isCloseTo(golden.marked(), within(0.03 * golden.marked()));
        assertThat(area.getDerivedFromFirstRep().getReference()).startsWith("ImagingStudy/");
        assertThat(area.getDevice().getReference()).isEqualTo("Device/auspex-breast-ultrasound-1.0.0");
        var segmentation = object(report, "SEG");
        var source = new PixelReader(PixelLimits.DEFAULT)
                .open(new BusToolkit()
                        .read(new ByteArrayInputStream(Ultrasound.file(golden.image(1))), ReadLimits.DEFAULT))
                .source(1);
        var segments = new SegmentationReader(List.of(source), 0.5).read(segmentation);
        assertThat(segments).hasSize(1);
        assertThat((double) segments.get(0).mask().pixels())
                .isCloseTo(area.getValueQuantity().getValue().doubleValue() / MILLIMETRES / MILLIMETRES, within(0.5));
        assertThat(area.getIdentifier())
                .anyMatch(identifier -> identifier
                        .getValue()
                        .equals("urn:oid:" + segments.get(0).trackingUid().orElseThrow()));
        assertThat(object(report, "SR").string(Tags.STUDY_INSTANCE_UID)).contains("2.25.1");
        assertThat(report.getPresentedForm())
                .extracting(Attachment::getTitle)
                .contains("DICOM SEG, Probabilities: Lesions in breast ultrasound");
        assertThat(pictures(report))
                .hasSize(2)
                .allSatisfy(png -> assertThat(ImageIO.read(new ByteArrayInputStream(png.getData())))
                        .isNotNull());
    }

    @Test
    void saysHowLikelyAndNamesTheModelAndTheStudy() {
        store(golden.image(2));

        var report = report(2);

        var risk = (RiskAssessment) server.search("RiskAssessment?subject=p-ultrasound&_sort=-_lastUpdated").stream()
                .filter(found -> ((RiskAssessment) found)
                        .getBasisFirstRep()
                        .getReference()
                        .startsWith(report.getImagingStudyFirstRep().getReference()))
                .findFirst()
                .orElseThrow();
        assertThat(risk.getPredictionFirstRep()
                        .getProbabilityDecimalType()
                        .getValue()
                        .doubleValue())
                .isCloseTo(100 * golden.malignancy(), within(1.0));
        assertThat(risk.getBasisFirstRep().getReference()).matches("ImagingStudy/.+/_history/.+");
        var provenance = (Provenance)
                server.search("Provenance?target=" + report.getIdElement().toUnqualifiedVersionless())
                        .get(0);
        assertThat(provenance.getTarget()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(measured(report, "42798000").getValueQuantity().getUnit()).isEqualTo("{pixels}");
    }

    @Test
    void answersAnExplicitQuestionWithoutKeepingAnything() {
        store(golden.image(3));
        var study = report(3).getImagingStudyFirstRep().getReference();
        var before = server.search("DiagnosticReport?subject=p-ultrasound").size();

        var answer = server.client()
                .operation()
                .onInstance(study)
                .named("$predict")
                .withParameter(
                        org.hl7.fhir.r4.model.Parameters.class, "persist", new org.hl7.fhir.r4.model.BooleanType(false))
                .returnResourceType(Bundle.class)
                .execute();

        assertThat(answer.getEntryFirstRep().getResource())
                .isInstanceOfSatisfying(
                        DiagnosticReport.class,
                        answered -> assertThat(answered.getPresentedForm())
                                .isNotEmpty()
                                .noneMatch(Attachment::hasUrl));
        assertThat(server.search("DiagnosticReport?subject=p-ultrasound")).hasSize(before);
    }

    @Test
    void readsWhatARadiologistReported() {
        store(golden.image(6));
        var study = report(6).getImagingStudyFirstRep();
        var read = new DiagnosticReport();
        read.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL);
        read.getCode().setText("Ultrasound of the breast");
        read.setSubject(new Reference("Patient/p-ultrasound"));
        read.addImagingStudy(new Reference(study.getReference()));
        read.setEffective(DateTimeType.now());
        read.setConclusion("Irregular, hypoechoic mass. No shadowing.");
        var stored = server.client().create().resource(read).execute().getId();

        var answer = server.client()
                .operation()
                .onInstance(study.getReference())
                .named("$predict")
                .withNoParameters(Parameters.class)
                .returnResourceType(Bundle.class)
                .execute();

        assertThat(resources(answer, DiagnosticReport.class))
                .singleElement()
                .satisfies(report -> assertThat(report.getConclusion())
                        .contains("these words of a report: shape: irregular, echoPattern: hypoechoic."));
        assertThat(resources(answer, RiskAssessment.class))
                .singleElement()
                .satisfies(risk -> assertThat(risk.getBasis())
                        .anyMatch(basis -> basis.getReference()
                                .equals("DiagnosticReport/%s/_history/1".formatted(stored.getIdPart()))));
    }

    private static <T extends Resource> List<T> resources(Bundle answer, Class<T> type) {
        return answer.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Test
    void showsAnOperatorWhatCannotBeRead() {
        store(golden.image(4).set(Tags.BITS_ALLOCATED, Vr.US, 16L));

        var task = RunningServer.eventually(
                        PATIENCE,
                        () -> server.search("Task?status=failed&patient=p-ultrasound").stream()
                                .map(Task.class::cast)
                                .findFirst())
                .orElseThrow();

        assertThat(task.getStatusReason().getText() + task.getDescription()).contains("image 1 of 1");
        var study = server.search("ImagingStudy?identifier=urn:dicom:uid|urn:oid:2.25.4")
                .get(0);
        assertThatThrownBy(() -> server.client()
                        .operation()
                        .onInstance(study.getIdElement().toUnqualifiedVersionless())
                        .named("$predict")
                        .withNoParameters(org.hl7.fhir.r4.model.Parameters.class)
                        .execute())
                .isInstanceOf(UnprocessableEntityException.class)
                .hasMessageContaining("image 1 of 1");
    }

    private static DiagnosticReport report(int study) {
        return RunningServer.eventually(
                        PATIENCE,
                        () -> server.search("DiagnosticReport?subject=p-ultrasound").stream()
                                .map(DiagnosticReport.class::cast)
                                .filter(report -> report.getPresentedForm().stream()
                                        .anyMatch(form -> String.valueOf(form.getUrl())
                                                .contains("/studies/2.25.%d/".formatted(study))))
                                .findFirst())
                .orElseThrow(() -> new AssertionError("No DiagnosticReport about study %d; Tasks: %s"
                        .formatted(study, server.search("Task?status=failed"))));
    }

    private static Observation measured(DiagnosticReport report, String code) {
        return report.getResult().stream()
                .map(reference -> server.client()
                        .read()
                        .resource(Observation.class)
                        .withId(reference.getReferenceElement().getIdPart())
                        .execute())
                .filter(observation ->
                        observation.getCode().getCodingFirstRep().getCode().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static Dataset object(DiagnosticReport report, String modality) throws Exception {
        var path = report.getPresentedForm().stream()
                .filter(form -> form.getTitle().startsWith("DICOM " + modality))
                .map(Attachment::getUrl)
                .findFirst()
                .orElseThrow();
        var request = HttpRequest.newBuilder(URI.create(server.base().replace("/fhir", "/") + path))
                .header("Accept", "application/dicom")
                .build();
        var answer = HTTP.send(request, BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BusToolkit()
                .read(new ByteArrayInputStream(answer.body()), ReadLimits.DEFAULT)
                .dataset();
    }

    private static List<Attachment> pictures(DiagnosticReport report) {
        return report.getPresentedForm().stream()
                .filter(form -> form.getContentType().equals("image/png"))
                .toList();
    }

    private static void store(Dataset image) {
        GoldenUltrasound.store(URI.create(server.base().replace("/fhir", "/dicomweb/")), image);
    }
}
