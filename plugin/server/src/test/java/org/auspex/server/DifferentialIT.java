package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import org.auspex.kernel.Models;
import org.auspex.language.chat.StandIn;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Notes and values become a differential of what an endpoint names, as far as the record gives reasons for it. */
class DifferentialIT {

    private static final Path SHIPPED = Path.of("../../testdata/models");
    private static final String NOTE =
            "PRESENT ILLNESS\nChest pain for two hours, radiating to the left arm. No fever.\n";
    private static final String CHINESE_NOTE = "现病史\n胸痛2小时，向左臂放射。无发热。\n";

    @SuppressWarnings("NullAway.Init")
    private static StandIn model;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        model = new StandIn();
        server = RunningServer.start(
                "--auspex.models.shipped=false",
                "--auspex.models.path=" + models(),
                "--auspex.chat.base-url=" + model.url(),
                "--auspex.chat.model=" + StandIn.MODEL,
                "--auspex.chat.retries=0");
    }

    @AfterAll
    static void stop() {
        server.close();
        model.close();
    }

    @Test
    void writesDiagnosesWithTheirReasonsAsARiskAssessment() {
        model.always(StandIn.says("""
                {"diagnoses": [
                  {"name": "Myocardial infarction", "for": [{"reason": "chest pain radiating to the left arm", "sentences": [1]},
                     {"reason": "systolic pressure 92 mm[Hg]", "sentences": [4]}], "against": []},
                  {"name": "Tietze syndrome", "for": [{"reason": "chest pain for two hours", "sentences": [1]}],
                     "against": [{"reason": "radiating to the left arm", "sentences": [1]}]},
                  {"name": "Pneumonia", "for": [{"reason": "fever", "sentences": [2]}], "against": []}]}
                """));
        var note = store(NOTE);
        var before = model.requests().size();

        var risk = result(predict(note, "differential"));

        assertThat(risk.getStatus()).isEqualTo(RiskAssessment.RiskAssessmentStatus.PRELIMINARY);
        assertThat(risk.getMeta().getSecurityFirstRep().getCode()).isEqualTo("AIAST");
        assertThat(risk.getPrediction())
                .extracting(prediction -> prediction.getOutcome().getText())
                .containsExactly("Myocardial infarction", "Tietze syndrome");
        var first = risk.getPrediction().get(0);
        assertThat(first.getOutcome().getCodingFirstRep().getSystem()).isEqualTo("http://hl7.org/fhir/sid/icd-10");
        assertThat(first.getOutcome().getCodingFirstRep().getCode()).isEqualTo("I21");
        assertThat(first.hasProbability()).isFalse();
        assertThat(first.getRationale())
                .contains("by stand-in-2026-01, place 1 of 2", "for it: chest pain radiating to the left arm (" + note)
                .contains("systolic pressure 92 mm[Hg] (systolicPressure)");
        assertThat(risk.getPrediction().get(1).getOutcome().hasCoding()).isFalse();
        assertThat(risk.getPrediction().get(1).getRationale()).contains("against it: radiating to the left arm");
        assertThat(risk.getBasis())
                .extracting(Reference::getReference)
                .anyMatch(reference -> reference.equals(note + "/_history/1"))
                .anyMatch(reference -> reference.startsWith("Observation/"));
        assertThat(model.requests()).hasSize(before + 1);
        assertThat(server.client()
                        .read()
                        .resource(RiskAssessment.class)
                        .withId(risk.getIdElement().getIdPart())
                        .execute()
                        .getPrediction())
                .hasSize(2);
    }

    @Test
    void keepsWhatTheModelWasAskedAndWhatBecameOfItsReasons() {
        model.always(StandIn.says("""
                {"diagnoses": [
                  {"name": "Myocardial infarction", "for": [{"reason": "chest pain radiating to the left arm", "sentences": [1]}]},
                  {"name": "Pneumonia", "for": [{"reason": "fever", "sentences": [2]}]}]}
                """));

        var risk = result(predict(store(NOTE), "differential"));

        var provenance = (Provenance)
                server.search("Provenance?target=" + risk.getIdElement().toUnqualifiedVersionless())
                        .get(0);
        assertThat(provenance.getContained())
                .filteredOn(DocumentReference.class::isInstance)
                .singleElement()
                .satisfies(prompt -> assertThat(((DocumentReference) prompt)
                                .getType()
                                .getCodingFirstRep()
                                .getCode())
                        .isEqualTo("AIInputPrompt"));
        assertThat(provenance.getAgent())
                .extracting(agent -> agent.getWho().getDisplay())
                .contains("stand-in-2026-01");
        assertThat(provenance.getExtension())
                .extracting(claim -> "%s: %s %s"
                        .formatted(
                                claim.getExtensionString("section"),
                                claim.getExtensionString("claim"),
                                claim.getExtensionString("verdict")))
                .containsExactly(
                        "Myocardial infarction: chest pain radiating to the left arm supported",
                        "Pneumonia: fever contradicted");
    }

    @Test
    void answersInChinese() {
        model.always(StandIn.says("""
                {"diagnoses": [{"name": "急性心肌梗死", "for": [{"reason": "胸痛2小时，向左臂放射", "sentences": [1]}],
                  "against": [{"reason": "无发热", "sentences": [2]}]}]}
                """));

        var risk = result(predict(store(CHINESE_NOTE), "differential-zh"));

        assertThat(risk.getPrediction()).hasSize(1);
        assertThat(risk.getPredictionFirstRep().getOutcome().getCodingFirstRep().getCode())
                .isEqualTo("I21");
        assertThat(risk.getPredictionFirstRep().getRationale()).contains("for it: 胸痛2小时，向左臂放射", "against it: 无发热");
    }

    @Test
    void abstainsWhereTheRecordSupportsNothingOfIt() {
        model.always(
                StandIn.says(
                        "{\"diagnoses\": [{\"name\": \"Pneumonia\", \"for\": [{\"reason\": \"fever\", \"sentences\": [2]}]}]}"));

        var refused =
                catchThrowableOfType(UnprocessableEntityException.class, () -> predict(store(NOTE), "differential"));

        assertThat(refused).hasMessageContaining("the record supports none of the diagnoses");
    }

    @Test
    void asksNothingAboutANoteOfSomebodyElse() {
        var before = model.requests().size();
        var note = store("Name: Grace Other\nSex: male\n" + NOTE);

        var refused = catchThrowableOfType(UnprocessableEntityException.class, () -> predict(note, "differential"));

        assertThat(refused).hasMessageContaining("ANOTHER_PATIENT");
        assertThat(model.requests()).hasSize(before);
    }

    @Test
    void writesNothingWhereTheEndpointFails() {
        var note = store(NOTE);
        for (var fault : List.of(
                StandIn.fails(500), StandIn.says("Probably the heart."), StandIn.ends("{\"diagnoses\": [", "length"))) {
            model.always(fault);

            var failed = catchThrowableOfType(BaseServerResponseException.class, () -> predict(note, "differential"));

            assertThat(failed.getStatusCode()).isGreaterThanOrEqualTo(500);
            assertThat(failed.getMessage()).doesNotContain("Chest pain", "the heart");
        }
        assertThat(server.search("RiskAssessment?_count=200"))
                .noneMatch(resource -> ((RiskAssessment) resource)
                        .getBasis().stream()
                                .anyMatch(basis -> basis.getReference().startsWith(note)));
    }

    @Test
    void isNotServedWithoutAnEndpoint() throws IOException {
        try (var without = RunningServer.start("--auspex.models.shipped=false", "--auspex.models.path=" + models())) {
            assertThat(without.bean(Models.class).serving()).isEmpty();
            assertThat(without.bean(Models.class).refused().toString()).contains("auspex.chat.base-url");
        }
    }

    private static Path models() throws IOException {
        var models = Files.createTempDirectory(Path.of("target"), "models");
        for (var name : List.of("differential", "differential-zh")) {
            var folder = Files.createDirectories(models.resolve(name).resolve("1.0.0"));
            for (var file : List.of("model.yaml", "README.md")) {
                Files.copy(SHIPPED.resolve(name).resolve("1.0.0").resolve(file), folder.resolve(file));
            }
        }
        return models.toAbsolutePath();
    }

    /** A note of a patient whose pressure is low. */
    private static String store(String text) {
        var notes = new FiledNotes(server);
        var patient = notes.patient("Ada Example", AdministrativeGender.FEMALE, "1950-01-01");
        var pressure = new Observation();
        pressure.setStatus(Observation.ObservationStatus.FINAL);
        pressure.getCode().addCoding().setSystem("http://loinc.org").setCode("8480-6");
        pressure.setSubject(new Reference(patient));
        pressure.setEffective(new DateTimeType(new Date()));
        pressure.setValue(new Quantity()
                .setValue(new BigDecimal(92))
                .setSystem("http://unitsofmeasure.org")
                .setCode("mm[Hg]")
                .setUnit("mmHg"));
        notes.store(pressure);
        var note = FiledNotes.note(patient, "", FiledNotes.text(text));
        note.setDate(new Date());
        return notes.store(note);
    }

    private static Bundle predict(String note, String name) {
        var parameters = new Parameters();
        parameters.addParameter().setName("model").setValue(new StringType(name));
        return server.client()
                .operation()
                .onInstance(note)
                .named("$predict")
                .withParameters(parameters)
                .returnResourceType(Bundle.class)
                .execute();
    }

    private static RiskAssessment result(Bundle answer) {
        return answer.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(RiskAssessment.class::isInstance)
                .map(RiskAssessment.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
