package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ModelId;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards that ask others, name steps to follow up, and warn. */
class FollowUpTest {

    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

    private static final String CARD = """
            model: fever
            version: 1.0.0
            title: Fever
            intendedUse: A test, not for patients.
            licence: {code: Apache-2.0, weights: none}
            subject: Patient
            engine: {kind: scorecard}
            inputs:
              - {name: temperature, from: "Observation?code=http://loinc.org|8310-5", value: value, unit: Cel, within: PT24H}
              - {name: culture, from: "Observation?code=http://loinc.org|600-7", value: value, within: PT24H, missing: indicator, categories: [{category: negative, texts: [negative]}, {category: positive, texts: [positive]}]}
            scorecard:
              source: this site
              decide:
                - {when: "temperature >= 38.3", label: fever, because: it is 38.3 or more}
                - {label: none}
            outputs:
              - name: fever
                kind: label
                display: Fever
                labels: [{label: fever, risk: high}, {label: none, risk: low}]
            followUp:
              - {step: culture, title: Blood culture, code: "http://loinc.org|600-7", labels: [fever], from: temperature, due: PT1H, overdue: PT2H, awaits: culture}
            warning: {since: temperature, risks: [high]}
            """;

    @TempDir
    private Path root;

    @Test
    void aStepIsProposedWithItsTimeAndTheWarningTellsHowLongItTook() throws IOException {
        var written = predict(record(""));

        var risk = (RiskAssessment) written.result();
        assertThat(risk.getMitigation()).isEqualTo("Blood culture, due 2026-01-15T12:20:00Z");
        assertThat(risk.getPredictionFirstRep().getRationale()).isEqualTo("fever|1.0.0 fever: it is 38.3 or more");
        var minutes =
                (Duration) risk.getExtensionByUrl("https://auspex-fhir.org/fhir/StructureDefinition/time-to-warning")
                        .getValue();
        assertThat(minutes.getValue().intValue()).isEqualTo(40);
        var task = (Task) written.parts().get(0);
        assertThat(task.getIntent()).isEqualTo(Task.TaskIntent.PROPOSAL);
        assertThat(task.getStatus()).isEqualTo(Task.TaskStatus.REQUESTED);
        assertThat(task.getCode().getCodingFirstRep().getCode()).isEqualTo("fever/culture");
        assertThat(task.getRestriction().getPeriod().getEnd().toInstant()).isEqualTo("2026-01-15T12:20:00Z");
        assertThat(task.getFor().getReference()).isEqualTo("Patient/p1");
    }

    @Test
    void whatWasDoneIsNotProposed() throws IOException {
        var written = predict(record("""
                , {"fullUrl": "https://example.org/fhir/Observation/c", "resource": {"resourceType": "Observation", "id": "c",
                  "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "600-7"}]},
                  "subject": {"reference": "Patient/p1"}, "effectiveDateTime": "2026-01-15T11:40:00Z", "valueString": "negative"}}
                """));

        assertThat(written.parts()).isEmpty();
        assertThat(((RiskAssessment) written.result()).hasMitigation()).isFalse();
    }

    @Test
    void wrongStepsAndWrongModelsAreRefusedTogether() throws IOException {
        var folder = write(CARD.replace("labels: [fever], from: temperature", "labels: [chills], from: heat")
                        .replace("overdue: PT2H, awaits: culture", "overdue: PT30M, awaits: lactate/value")
                        .replace("since: temperature", "since: begin")
                + "asks: [{name: heart, model: heart|1.0.0}]\n");

        assertThat(catchThrowableOfType(CardRefused.class, () -> Kernel.cards().read(folder)))
                .hasMessageContaining("the output has no label 'chills'")
                .hasMessageContaining("no input is called 'heat'")
                .hasMessageContaining("it is overdue before it is due")
                .hasMessageContaining("no input is called 'begin'")
                .hasMessageContaining("no model that is asked has an input 'lactate/value'")
                .hasMessageContaining("there is no model heart|1.0.0 beside this one");
    }

    private Written predict(String record) throws IOException {
        write(CARD);
        try (var models = Kernel.loader().loadAll(List.of(root))) {
            assertThat(models.refused()).isEmpty();
            return new Prediction(
                            models,
                            Kernel.reader(Kernel.bundle(record)),
                            FindingsWriter.NOWHERE,
                            Clock.fixed(NOW, ZoneOffset.UTC))
                    .predict(
                            new ModelId("fever", "1.0.0"),
                            List.of(Subject.patient("Patient/p1")),
                            NOW,
                            Priority.ROUTINE)
                    .get(0)
                    .written()
                    .orElseThrow();
        }
    }

    private static String record(String more) {
        return """
                {"resourceType": "Bundle", "type": "collection", "entry": [
                  {"fullUrl": "https://example.org/fhir/Patient/p1", "resource": {"resourceType": "Patient", "id": "p1", "birthDate": "1960-05-01"}},
                  {"fullUrl": "https://example.org/fhir/Observation/t", "resource": {"resourceType": "Observation", "id": "t", "status": "final",
                    "code": {"coding": [{"system": "http://loinc.org", "code": "8310-5"}]}, "subject": {"reference": "Patient/p1"},
                    "effectiveDateTime": "2026-01-15T11:20:00Z",
                    "valueQuantity": {"value": 39.1, "unit": "Cel", "system": "http://unitsofmeasure.org", "code": "Cel"}}}%s]}
                """.formatted(more);
    }

    private Path write(String card) throws IOException {
        var folder = root.resolve("fever/1.0.0");
        Files.createDirectories(folder.resolve("golden"));
        Files.writeString(folder.resolve("model.yaml"), card);
        Files.writeString(
                folder.resolve("golden/high.json"),
                "{\"inputs\": {\"temperature\": 39}, \"outcome\": {\"label\": \"fever\", \"risk\": \"high\"}}");
        return folder;
    }
}
