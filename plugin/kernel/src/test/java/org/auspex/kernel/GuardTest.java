package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ModelId;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A card whose engine is a list of rules. */
class GuardTest {

    private static final ModelId GUARD = new ModelId("site-guard", "1.0.0");
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

    private static final String CARD = """
            model: site-guard
            version: 1.0.0
            title: Rules of this site
            intendedUse: A test, not for patients.
            licence: {code: Apache-2.0, weights: none}
            subject: Patient
            engine: {kind: rules}
            inputs:
              - {name: bilirubin, from: "Observation?code=http://loinc.org|1975-2", value: value, unit: mg/dL, within: P30D}
            rules:
              - rule: jaundice
                title: Bilirubin above 3 mg/dL
                severity: moderate
                finding: bilirubin
                when: bilirubin > 3
                says: "The last bilirubin is {bilirubin} mg/dL."
                answered: ["ServiceRequest?code=http://loinc.org|1975-2"]
                source: this site
                reference: https://example.org/jaundice
            outputs:
              - {name: unanswered, kind: issues, display: Findings that nobody has answered}
            """;

    private static final String RECORD = """
            {"resourceType": "Bundle", "type": "collection", "entry": [
              {"fullUrl": "https://example.org/fhir/Patient/p1", "resource": {"resourceType": "Patient", "id": "p1", "birthDate": "1960-05-01"}},
              {"fullUrl": "https://example.org/fhir/Observation/b", "resource": {"resourceType": "Observation", "id": "b",
                "meta": {"versionId": "2"}, "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "1975-2"}]},
                "subject": {"reference": "Patient/p1"}, "effectiveDateTime": "2026-01-15T08:00:00Z",
                "valueQuantity": {"value": 4.25, "unit": "mg/dL", "system": "http://unitsofmeasure.org", "code": "mg/dL"}}}]}
            """;

    @TempDir
    private Path root;

    @Test
    void aSitesOwnRuleBecomesADetectedIssueWithItsEvidence() throws IOException {
        write(CARD);

        var written = predict(RECORD);

        assertThat(written.result())
                .isInstanceOfSatisfying(
                        RiskAssessment.class,
                        risk -> assertThat(risk.getPredictionFirstRep().getRationale())
                                .isEqualTo("site-guard|1.0.0 judged 1 of 1 rules; open: jaundice"));
        var issue = (DetectedIssue) written.parts().get(0);
        assertThat(issue.getStatus()).isEqualTo(DetectedIssue.DetectedIssueStatus.PRELIMINARY);
        assertThat(issue.getSeverity()).isEqualTo(DetectedIssue.DetectedIssueSeverity.MODERATE);
        assertThat(issue.getCode().getCodingFirstRep().getSystem()).isEqualTo(Systems.RULE);
        assertThat(issue.getDetail()).isEqualTo("The last bilirubin is 4.25 mg/dL. (this site)");
        assertThat(issue.getReference()).isEqualTo("https://example.org/jaundice");
        assertThat(issue.getImplicatedFirstRep().getReference()).isEqualTo("Observation/b/_history/2");
        assertThat(issue.getEvidenceFirstRep().getDetailFirstRep().getReference())
                .isEqualTo("Observation/b/_history/2");
        assertThat(issue.getMeta().getSecurity("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "AIAST"))
                .isNotNull();
        assertThat(issue.hasMitigation()).isFalse();
    }

    @Test
    void whatIsOpenNoLongerLeavesAResultThatSaysSo() throws IOException {
        write(CARD);

        var written = predict(RECORD.replace("4.25", "1.1"));

        assertThat(written.parts()).isEmpty();
        assertThat(written.summary()).isEqualTo("nothing open");
    }

    @Test
    void wrongRulesAreRefusedWithEveryProblemAtOnce() throws IOException {
        var folder = write(CARD.replace("finding: bilirubin", "finding: bilirubine")
                .replace("when: bilirubin > 3", "when: bilirubin > limit")
                .replace("{bilirubin} mg/dL.", "{billi} mg/dL.")
                .replace("severity: moderate", "severity: terrible")
                .replace("ServiceRequest?code", "Servicerequest?code")
                .replace("kind: issues", "kind: probability"));

        var refused =
                catchThrowableOfType(CardRefused.class, () -> Kernel.cards().read(folder));

        assertThat(refused.getMessage())
                .contains("no input is called 'bilirubine'")
                .contains("the formula reads 'limit'")
                .contains("it shows {billi}")
                .contains("\"terrible\" is not allowed here - write high, moderate or low")
                .contains("'Servicerequest' is no FHIR R4 resource type")
                .contains("rules find issues - write kind: issues");
        assertThat(refused.problems()).extracting(problem -> problem.line()).allMatch(line -> line > 0);
    }

    @Test
    void rulesAndEngineBelongTogether() throws IOException {
        var without = write(CARD.replaceAll("(?s)rules:\\n.*outputs:", "outputs:"));

        assertThat(catchThrowableOfType(CardRefused.class, () -> Kernel.cards().read(without)))
                .hasMessageContaining("the engine is a list of rules but the card has none");
    }

    private Written predict(String record) throws IOException {
        try (var models = Kernel.loader().loadAll(List.of(root))) {
            assertThat(models.refused()).isEmpty();
            var prediction = new Prediction(
                    models,
                    Kernel.reader(Kernel.bundle(record)),
                    FindingsWriter.NOWHERE,
                    java.time.Clock.fixed(NOW, java.time.ZoneOffset.UTC));
            return prediction
                    .predict(GUARD, List.of(Subject.patient("Patient/p1")), NOW, Priority.ROUTINE)
                    .get(0)
                    .written()
                    .orElseThrow();
        }
    }

    private Path write(String card) throws IOException {
        var folder = root.resolve("site-guard/1.0.0");
        Files.createDirectories(folder.resolve("golden"));
        Files.writeString(folder.resolve("model.yaml"), card);
        Files.writeString(
                folder.resolve("golden/high.json"),
                "{\"inputs\": {\"bilirubin\": 4}, \"outcome\": {\"open\": [\"jaundice\"], \"risk\": \"moderate\"}}");
        return folder;
    }
}
