package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.Test;

/** Door 2, the server notices, on each database. */
interface NoticeContract extends Contract {

    @Test
    default void aStoredObservationBecomesASearchableResultWithinTwoSeconds() {
        admit("p-notice", Vitals.allButPulse("p-notice"));
        warmUp();

        var begun = Instant.now();
        server().client()
                .create()
                .resource(Vitals.measured("p-notice", "8867-4", 135))
                .execute();
        var result = await("p-notice");

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(result.getStatus()).isEqualTo(RiskAssessment.RiskAssessmentStatus.PRELIMINARY);
        assertThat(result.getMeta().getSecurityFirstRep().getCode()).isEqualTo("AIAST");
        assertThat(Contract.isCurrent(result)).isTrue();
        assertThat(result.getBasis())
                .hasSize(7)
                .allMatch(basis -> basis.getReference().contains("/_history/1"));
        assertThat(result.getPredictionFirstRep()
                        .getQualitativeRisk()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("low-medium");
        assertThat(result.getPredictionFirstRep().getRationale())
                .contains("pulse 3")
                .doesNotContain("\n");
    }

    @Test
    default void aScoreIsAnObservationWithItsItemsAndADeviceAndAProvenance() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-score"));
        observations.add(Vitals.measured("p-score", "8867-4", 95));
        admit("p-score", observations);

        var result = await("p-score");

        var score = score("p-score").get(0);
        assertThat(score.getValueQuantity().getValue()).isEqualByComparingTo("1");
        assertThat(score.getValueQuantity().getCode()).isEqualTo("{score}");
        assertThat(score.getComponent()).hasSize(7);
        assertThat(score.getDerivedFrom()).hasSize(7);
        var device = server().client()
                .read()
                .resource(Device.class)
                .withId("auspex-news2-1.0.0")
                .execute();
        assertThat(device.getType().getCodingFirstRep().getCode()).isEqualTo("Artificial-Intelligence");
        var provenance = provenanceOf(result);
        assertThat(provenance).hasSize(1);
        assertThat(provenance.get(0).getTarget())
                .allMatch(target -> target.getReference().contains("/_history/"));
        assertThat(provenance.get(0).getEntity()).hasSize(8);
        assertThat(provenance.get(0).getAgentFirstRep().getWho().getReference()).isEqualTo("Device/auspex-news2-1.0.0");
    }

    @Test
    default void aNewTagIsNoNewEvidenceAndResultsTriggerNothing() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-tag"));
        observations.add(Vitals.measured("p-tag", "8867-4", 70));
        admit("p-tag", observations);
        await("p-tag");
        var asked = questions("Patient/p-tag");

        var pulse = observation("p-tag", "8867-4");
        server().client()
                .meta()
                .add()
                .onResource(pulse.getIdElement().toUnqualifiedVersionless())
                .meta(new Meta().addTag("urn:test", "seen", "Seen"))
                .execute();

        assertThat(questions("Patient/p-tag")).isEqualTo(asked);
        assertThat(server().results("p-tag")).hasSize(1);
        assertThat(jdbc().queryForList("select id from auspex_work where cause like 'RiskAssessment/%'"))
                .isEmpty();
    }

    @Test
    default void aRolledBackTransactionLeavesNothing() {
        admit("p-rollback", List.of());
        var bundle = Vitals.transaction(Vitals.patient("p-rollback", "1950-01-01"), Vitals.allButPulse("p-rollback"));
        var dangling = Vitals.measured("nobody-here", "8867-4", 70);
        bundle.addEntry()
                .setResource(dangling)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("Observation");

        assertThatThrownBy(
                        () -> server().client().transaction().withBundle(bundle).execute())
                .isInstanceOf(BaseServerResponseException.class);

        assertThat(questions("Patient/p-rollback")).isZero();
    }

    @Test
    default void aWriteGoesThroughWithoutTheWorklistAndTheSweepFindsIt() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-sweep"));
        admit("p-sweep", observations);
        // What is worked on while the table is away waits for its lease, and so does what comes after it.
        awaitAnswers("Patient/p-sweep");
        jdbc().execute("alter table auspex_work rename to auspex_work_away");
        try {
            server().client()
                    .create()
                    .resource(Vitals.measured("p-sweep", "8867-4", 70))
                    .execute();
        } finally {
            jdbc().execute("alter table auspex_work_away rename to auspex_work");
        }

        assertThat(await("p-sweep").getPredictionFirstRep().getRationale()).startsWith("news2|1.0.0 0");
    }

    @Test
    default void backfilledHistoryAsksForNothing() {
        var old = Vitals.measured("p-old", "8867-4", 70);
        old.setEffective(new DateTimeType("2019-01-01T10:00:00Z"));

        admit("p-old", List.of(old));

        assertThat(questions("Patient/p-old")).isZero();
    }

    @Test
    default void aQuestionnaireThatArrivesLastCompletesTheHeartScoreAndItsAmendmentMakesItAgain() {
        store(ChestPain.admission("p-form", ChestPain.troponin("p-form", 30), ChestPain.hypertension("p-form")));
        assertThat(heartScores("p-form")).isEmpty();

        var form = server().client()
                .create()
                .resource(ChestPain.answers("p-form", "moderately-suspicious", "non-specific-repolarisation"))
                .execute();
        var first = awaitHeart("p-form", "6");

        assertThat(first.getBasis())
                .anyMatch(basis -> basis.getReference()
                        .equals("QuestionnaireResponse/" + form.getId().getIdPart() + "/_history/1"));
        assertThat(first.getPredictionFirstRep().getProbabilityDecimalType().getValue())
                .isEqualByComparingTo("16.6");
        assertThat(first.getPredictionFirstRep()
                        .getQualitativeRisk()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("moderate");

        var amended = ChestPain.answers("p-form", "highly-suspicious", "significant-st-deviation");
        amended.setId(form.getId().toUnqualifiedVersionless());
        amended.setStatus(org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus.AMENDED);
        server().client().update().resource(amended).execute();

        assertThat(awaitHeart("p-form", "8")
                        .getPredictionFirstRep()
                        .getProbabilityDecimalType()
                        .getValue())
                .isEqualByComparingTo("50.1");
        awaitStatus(first, RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR);
    }

    @Test
    default void codedJudgementsCompleteTheHeartScoreWhicheverComesLast() {
        store(ChestPain.admission(
                "p-coded",
                ChestPain.troponin("p-coded", 50),
                ChestPain.judged("p-coded", "heart-history", "slightly-suspicious")));

        server().client()
                .create()
                .resource(ChestPain.judged("p-coded", "heart-ecg", "normal-ecg"))
                .execute();

        assertThat(awaitHeart("p-coded", "4").getBasis()).hasSize(4);

        store(ChestPain.admission(
                "p-blood",
                ChestPain.judged("p-blood", "heart-history", "slightly-suspicious"),
                ChestPain.judged("p-blood", "heart-ecg", "normal-ecg")));
        server().client().create().resource(ChestPain.troponin("p-blood", 5)).execute();

        assertThat(awaitHeart("p-blood", "2")
                        .getPredictionFirstRep()
                        .getProbabilityDecimalType()
                        .getValue())
                .isEqualByComparingTo("1.7");
    }

    @Test
    default void anUnfinishedQuestionnaireIsNoJudgement() {
        var draft = ChestPain.answers("p-draft", "highly-suspicious", "normal-ecg");
        draft.setStatus(org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus.INPROGRESS);
        store(ChestPain.admission("p-draft", ChestPain.troponin("p-draft", 5), draft));

        assertThatThrownBy(() -> predict("Patient/p-draft", Contract.model("heart")))
                .isInstanceOfSatisfying(
                        UnprocessableEntityException.class,
                        refused -> assertThat(((OperationOutcome) refused.getOperationOutcome()).getIssue())
                                .extracting(OperationOutcome.OperationOutcomeIssueComponent::getDiagnostics)
                                .anySatisfy(words -> assertThat(words)
                                        .contains("heart|1.0.0: history: no usable value within 24 hours")));
    }
}
