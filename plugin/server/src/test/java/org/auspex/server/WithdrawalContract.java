package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;

/** What becomes of a result when its evidence changes, on each database. */
interface WithdrawalContract extends Contract {

    @Test
    default void aCorrectedValueWithdrawsTheResultAndPredictsAgain() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-correct"));
        observations.add(Vitals.measured("p-correct", "8867-4", 70));
        admit("p-correct", observations);
        var before = await("p-correct");
        var pulse = observation("p-correct", "8867-4");

        pulse.setValue(new Quantity()
                .setValue(140)
                .setSystem("http://unitsofmeasure.org")
                .setCode("/min"));
        server().client().update().resource(pulse).execute();

        var withdrawn = awaitStatus(before, RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR);
        assertThat(Contract.isCurrent(withdrawn)).isFalse();
        assertThat(withdrawn.getBasis()).allMatch(basis -> basis.getReference().contains("/_history/1"));
        assertThat(provenanceOf(withdrawn))
                .anyMatch(provenance -> provenance.getActivity().getText() != null
                        && provenance.getActivity().getText().contains("corrected"));
        var after = RunningServer.eventually(
                        WAIT,
                        () -> server().results("p-correct").stream()
                                .filter(Contract::isCurrent)
                                .findFirst())
                .orElseThrow();
        assertThat(after.getPredictionFirstRep().getRationale()).contains("pulse 3");
    }

    @Test
    default void evidenceEnteredInErrorWithdrawsTheResultAndItsScore() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-error2"));
        observations.add(Vitals.measured("p-error2", "8867-4", 70));
        admit("p-error2", observations);
        var before = await("p-error2");
        var pulse = observation("p-error2", "8867-4");

        pulse.setStatus(Observation.ObservationStatus.ENTEREDINERROR);
        server().client().update().resource(pulse).execute();

        awaitStatus(before, RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR);
        assertThat(score("p-error2"))
                .singleElement()
                .matches(score -> score.getStatus() == Observation.ObservationStatus.ENTEREDINERROR);
    }

    @Test
    default void ourResultsBlockNoClinicalDeleteAndAreWithdrawn() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-delete"));
        observations.add(Vitals.measured("p-delete", "8867-4", 70));
        admit("p-delete", observations);
        var before = await("p-delete");

        server().client()
                .delete()
                .resourceById(observation("p-delete", "8867-4").getIdElement().toUnqualifiedVersionless())
                .execute();

        awaitStatus(before, RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR);
    }

    @Test
    default void aConfirmedResultIsNeverChangedButATaskAsks() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-confirmed"));
        observations.add(Vitals.measured("p-confirmed", "8867-4", 70));
        admit("p-confirmed", observations);
        var result = await("p-confirmed");
        result.setStatus(RiskAssessment.RiskAssessmentStatus.FINAL);
        server().client().update().resource(result).execute();

        server().client()
                .delete()
                .resourceById(
                        observation("p-confirmed", "8867-4").getIdElement().toUnqualifiedVersionless())
                .execute();

        var task = RunningServer.eventually(
                WAIT,
                () -> search("Task?patient=p-confirmed", Task.class).stream().findFirst());
        assertThat(task).get().matches(asked -> asked.getStatus() == Task.TaskStatus.REQUESTED);
        assertThat(server().results("p-confirmed"))
                .singleElement()
                .matches(kept -> kept.getStatus() == RiskAssessment.RiskAssessmentStatus.FINAL);
    }
}
