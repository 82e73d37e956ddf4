package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Notes about children become ranked diagnoses. */
class DiagnosisIT {

    private static final String NOTE = "主诉：发热2天，口腔疱疹1天。现病史：患儿2天前发热，最高39℃，手、足出现红疹，口腔有疱疹，流口水，拒食，无咳嗽，无腹泻。";

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void ranksDiagnosesFromAChineseNote() {
        var note = store("child", NOTE);

        var risk = predicted(note);

        assertThat(risk.getStatus()).isEqualTo(RiskAssessment.RiskAssessmentStatus.PRELIMINARY);
        assertThat(risk.getSubject().getReference()).isEqualTo("Patient/child");
        assertThat(risk.getPrediction()).hasSize(3);
        var first = risk.getPredictionFirstRep();
        assertThat(first.getOutcome().getCodingFirstRep().getSystem()).isEqualTo("http://hl7.org/fhir/sid/icd-10");
        assertThat(first.getOutcome().getCodingFirstRep().getCode()).isEqualTo("B08.4");
        assertThat(first.getProbabilityDecimalType().getValue()).isBetween(new BigDecimal("50"), new BigDecimal("100"));
        assertThat(first.getRationale()).contains("for it: ", "blisters yes (\"疱疹\" at 10 to 12)");
        assertThat(risk.getBasis())
                .extracting(Reference::getReference)
                .containsExactly("DocumentReference/%s/_history/1".formatted(note));
        assertThat(stored(risk)).isEqualTo(RiskAssessment.RiskAssessmentStatus.PRELIMINARY);
    }

    @Test
    void withdrawsTheResultWhenTheNoteIsCorrected() {
        var note = store("corrected", NOTE);
        var risk = predicted(note);

        var document = document("corrected", NOTE.replace("口腔有疱疹", "口腔无疱疹").replace("口腔疱疹1天", "皮疹1天"));
        document.setId("DocumentReference/" + note);
        server.client().update().resource(document).execute();

        assertThat(RunningServer.eventually(
                        Duration.ofSeconds(60),
                        () -> Optional.of(stored(risk))
                                .filter(RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR::equals)))
                .isPresent();
    }

    @Test
    void answersForABundleWithoutStoringIt() {
        var child = child("sent");
        var document = document("sent", "宝宝打喷嚏，流清鼻涕，经常揉鼻子，不发烧，过敏体质。");
        document.setId("DocumentReference/n");
        var data = new Bundle().setType(Bundle.BundleType.COLLECTION);
        data.addEntry().setResource(child);
        data.addEntry().setResource(document);
        var parameters = asked();
        parameters.addParameter().setName("data").setResource(data);

        var answer = server.client()
                .operation()
                .onServer()
                .named("$predict")
                .withParameters(parameters)
                .returnResourceType(Bundle.class)
                .execute();

        assertThat(result(answer)
                        .getPredictionFirstRep()
                        .getOutcome()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("J30.4");
        assertThat(server.search("Patient?_id=sent")).isEmpty();
    }

    @Test
    void saysWhyItRanksNothing() {
        assertThatThrownBy(() -> predict("DocumentReference/" + store("silent", "复诊，取药。")))
                .isInstanceOf(UnprocessableEntityException.class)
                .hasMessageContaining("none of what the model reads is in the record");
        assertThatThrownBy(() -> predict("Patient/silent"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("is about a DocumentReference, and none is named; ask with a DocumentReference");
    }

    private static RiskAssessment predicted(String note) {
        return result(predict("DocumentReference/" + note));
    }

    private static Bundle predict(String subject) {
        return server.client()
                .operation()
                .onInstance(new IdType(subject))
                .named("$predict")
                .withParameters(asked())
                .returnResourceType(Bundle.class)
                .execute();
    }

    private static Parameters asked() {
        var parameters = new Parameters();
        parameters.addParameter().setName("model").setValue(new StringType("diagnosis-zh"));
        return parameters;
    }

    private static RiskAssessment result(Bundle answer) {
        return answer.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(RiskAssessment.class::isInstance)
                .map(RiskAssessment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static RiskAssessment.RiskAssessmentStatus stored(RiskAssessment risk) {
        return server.client()
                .read()
                .resource(RiskAssessment.class)
                .withId(risk.getIdElement().getIdPart())
                .execute()
                .getStatus();
    }

    private static String store(String patient, String text) {
        server.client().update().resource(child(patient)).execute();
        return server.client()
                .create()
                .resource(document(patient, text))
                .execute()
                .getId()
                .getIdPart();
    }

    private static Patient child(String id) {
        var patient = new Patient();
        patient.setId("Patient/" + id);
        patient.setBirthDateElement(
                new DateType(LocalDate.now(ZoneOffset.UTC).minusYears(3).toString()));
        return patient;
    }

    private static DocumentReference document(String patient, String text) {
        var document = new DocumentReference();
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.setSubject(new Reference("Patient/" + patient));
        document.setDate(new Date());
        document.addContent()
                .getAttachment()
                .setContentType("text/plain; charset=utf-8")
                .setData(text.getBytes(StandardCharsets.UTF_8));
        return document;
    }
}
