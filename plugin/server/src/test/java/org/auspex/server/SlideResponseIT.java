package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A synthetic slide that is stored at {@code /dicomweb}, and values of the record, become a probability of response, months to
 * progression, and a picture of where the network looked. Which cells hold what was planted is known.
 */
class SlideResponseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern PLACE = Pattern.compile("attention on the tile at (column \\d+, row \\d+)");
    private static final Map<String, String> VALUES =
            Map.of("1751-7", "3.1 g/dL", "2532-0", "410 U/L", "731-0", "1.1 10*3/uL");

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(
                "--auspex.dicom.quiet=PT0.2S",
                "--auspex.dicom.patient-systems[WARD 1]=urn:oid:2.16.840.1.1",
                "--auspex.models.shipped=false",
                "--auspex.models.path=" + SyntheticSlide.models());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aStoredSlideAndValuesBecomeAResponseMonthsAndAMapOfAttention() throws Exception {
        patient("both");
        values("both");
        store(new SyntheticSlide(801, "both"));

        var report = report("both");

        assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
        assertThat(report.getMeta().getSecurityFirstRep().getCode()).isEqualTo("AIAST");
        assertThat(report.getCategoryFirstRep().getCodingFirstRep().getCode()).isEqualTo("SP");
        assertThat(report.getCode().getText()).contains("trained on synthetic data");
        assertThat(report.getConclusion())
                .contains(
                        "Demonstration only",
                        "synthetic",
                        "Progression or death",
                        "median",
                        "Looked at 31 of 31 tiles");
        assertThat(places(report)).hasSize(5).isSubsetOf(SyntheticSlide.planted());
        assertThat(report.getPresentedForm())
                .singleElement()
                .satisfies(png -> assertThat(ImageIO.read(new ByteArrayInputStream(png.getData()))
                                .getWidth())
                        .isEqualTo(512));
        var risk = risk("both");
        assertThat(risk.getPrediction()).hasSize(4);
        assertThat(risk.getPrediction().get(1).getWhenRange().getHigh().getCode())
                .isEqualTo("mo");
        assertThat(risk.getPredictionFirstRep().getRationale()).contains("missing: performanceStatus");
        assertThat(risk.getBasis().stream().map(Reference::getReference).toList())
                .anyMatch(basis -> basis.startsWith("ImagingStudy/") && basis.contains("/_history/"))
                .filteredOn(basis -> basis.startsWith("Observation/"))
                .hasSize(VALUES.size());
        var months = server.client()
                .read()
                .resource(Observation.class)
                .withId(report.getResultFirstRep().getReferenceElement().getIdPart())
                .execute();
        assertThat(months.getValueQuantity().getCode()).isEqualTo("mo");
        assertThat(months.getComponent().get(0).getCode().getText()).contains("A quarter");
        assertThat(months.getDerivedFrom()).anyMatch(from -> from.getReference().startsWith("ImagingStudy/"));
    }

    @Test
    void theSlidesOfAStudyAreLookedAtTogether() throws Exception {
        patient("several");
        store(new SyntheticSlide(805, "several").series(1).blank());
        store(new SyntheticSlide(805, "several").series(2));
        store(new SyntheticSlide(805, "several").series(3));

        var report = RunningServer.eventually(
                        PATIENCE,
                        () -> server.search("DiagnosticReport?subject=p-several").stream()
                                .map(DiagnosticReport.class::cast)
                                .filter(one -> one.getConclusion().contains("Slide 3 of 3"))
                                .findFirst())
                .orElseThrow(() -> new AssertionError("No report; Tasks: " + server.search("Task?status=failed")));

        assertThat(report.getConclusion())
                .contains("Slide 1 of 3 (series 2.25.805.1), with 0.0 % of the attention: looked at 0 of 0 tiles")
                .contains("looked at 31 of 31 tiles")
                .containsPattern("attention on the tile at column \\d+, row \\d+ \\([^)]*\\) of slide [23]");
        assertThat(places(report)).hasSize(5).isSubsetOf(SyntheticSlide.planted());
        assertThat(report.getPresentedForm())
                .extracting(form -> form.getTitle())
                .contains("Where the network looked (attention), slide 3 of 3")
                .hasSize(3);
    }

    @Test
    void aSlideAloneIsEnough() throws Exception {
        patient("slide-only");
        store(new SyntheticSlide(802, "slide-only"));

        var report = report("slide-only");

        assertThat(places(report)).isSubsetOf(SyntheticSlide.planted());
        assertThat(report.getConclusion()).contains("missing: ", "albumin");
    }

    @Test
    void valuesAloneAreEnoughAndTheAnswerSaysThatThereWasNoSlide() {
        patient("values-only");
        values("values-only");

        var answer = predict("values-only", true);

        assertThat(resources(answer, DiagnosticReport.class)).isEmpty();
        assertThat(resources(answer, RiskAssessment.class)).singleElement().satisfies(risk -> {
            assertThat(risk.getPredictionFirstRep().getRationale()).contains("missing: slide");
            assertThat(risk.getMethod().getText()).contains("synthetic");
        });
        assertThat(resources(answer, Observation.class))
                .anyMatch(observation -> observation.getComponent().stream()
                        .anyMatch(component -> component
                                        .getCode()
                                        .getCodingFirstRep()
                                        .getCode()
                                        .equals("lactateDehydrogenase")
                                && component.hasExtension()));
    }

    @Test
    void whatIsPlantedInTheSlideRaisesTheProbability() throws Exception {
        patient("raised");
        values("raised");
        var before = resources(predict("raised", false), RiskAssessment.class).get(0);
        store(new SyntheticSlide(803, "raised"));
        report("raised");

        var after = risk("raised");

        assertThat(percent(after)).isGreaterThan(percent(before).add(BigDecimal.valueOf(5)));
    }

    @Test
    void abstainsFromASlideWithoutTissue() throws Exception {
        patient("blank");
        store(new SyntheticSlide(804, "blank").blank());
        assertThat(RunningServer.eventually(
                        PATIENCE,
                        () -> server.search("ImagingStudy?identifier=urn:dicom:uid|urn:oid:2.25.804").stream()
                                .findFirst()))
                .isPresent();

        assertThatThrownBy(() -> predict("blank", false))
                .isInstanceOf(UnprocessableEntityException.class)
                .hasMessageContaining("slide")
                .hasMessageContaining("no tissue");
        assertThat(server.search("DiagnosticReport?subject=p-blank")).isEmpty();
        assertThat(server.search("RiskAssessment?subject=p-blank")).isEmpty();
        assertThat(server.search("Task?patient=p-blank")).isEmpty();
    }

    private static void patient(String name) {
        var patient = new Patient().setBirthDateElement(new DateType("1960-01-01"));
        patient.setGender(Enumerations.AdministrativeGender.FEMALE).setId("p-" + name);
        patient.addIdentifier().setSystem("urn:oid:2.16.840.1.1").setValue(name);
        server.client().update().resource(patient).execute();
    }

    private static void values(String patient) {
        VALUES.forEach((code, value) -> {
            var observation = new Observation().setStatus(Observation.ObservationStatus.FINAL);
            observation.getCode().addCoding().setSystem("http://loinc.org").setCode(code);
            observation.setSubject(new Reference("Patient/p-" + patient));
            observation.setEffective(new DateTimeType(new Date()));
            var words = value.split(" ", -1);
            observation.setValue(new Quantity()
                    .setValue(new BigDecimal(words[0]))
                    .setUnit(words[1])
                    .setSystem("http://unitsofmeasure.org")
                    .setCode(words[1]));
            server.client().create().resource(observation).execute();
        });
    }

    private static void store(SyntheticSlide slide) throws IOException, InterruptedException {
        slide.store(URI.create(server.base().replace("/fhir", "/dicomweb/")));
    }

    private static Bundle predict(String patient, boolean explain) {
        return server.client()
                .operation()
                .onInstance("Patient/p-" + patient)
                .named("$predict")
                .withParameter(Parameters.class, "explain", new BooleanType(explain))
                .andParameter("model", new StringType("tki-response"))
                .returnResourceType(Bundle.class)
                .execute();
    }

    private static DiagnosticReport report(String patient) {
        return RunningServer.eventually(
                        PATIENCE,
                        () -> server.search("DiagnosticReport?subject=p-" + patient).stream()
                                .map(DiagnosticReport.class::cast)
                                .findFirst())
                .orElseThrow(() -> new AssertionError("No report; Tasks: " + server.search("Task?status=failed")));
    }

    /** The one that rests on a slide. */
    private static RiskAssessment risk(String patient) {
        return server.search("RiskAssessment?subject=p-" + patient).stream()
                .map(RiskAssessment.class::cast)
                .filter(risk -> risk.getBasis().stream()
                        .anyMatch(basis -> basis.getReference().startsWith("ImagingStudy/")))
                .findFirst()
                .orElseThrow();
    }

    private static BigDecimal percent(RiskAssessment risk) {
        return risk.getPredictionFirstRep().getProbabilityDecimalType().getValue();
    }

    private static List<String> places(DiagnosticReport report) {
        return PLACE.matcher(report.getConclusion())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static <T extends Resource> List<T> resources(Bundle answer, Class<T> type) {
        return answer.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
