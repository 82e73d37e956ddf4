package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.auspex.kernel.appraisal.Appraisal;
import org.auspex.kernel.appraisal.AppraisalOrder;
import org.auspex.kernel.appraisal.AppraisalRefused;
import org.auspex.kernel.appraisal.CohortAppraisal;
import org.auspex.kernel.appraisal.Design;
import org.auspex.kernel.appraisal.PatientGroups;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evaluation.ProbabilityEvaluation;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Criteria;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sixty invented patients: each is admitted, every other has the outcome two days later, and pulses before tell nothing of it. */
class CohortAppraisalTest {

    private static final int PATIENTS = 60;
    private static final Instant FIRST = Instant.parse("2026-01-10T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    private static final String STROKE = "http://snomed.info/sct|230690007";
    private static final Duration WINDOW = Duration.ofDays(30);
    private static final Criteria OUTCOME = Criteria.parse("Condition?code=" + STROKE);
    private static final Criteria ADMISSION = Criteria.parse("Encounter");

    private final Bundle record = new Bundle();
    private final Models models = new Models();

    @TempDir
    private Path folder;

    @BeforeEach
    void aScoreOfThePulse() throws IOException, org.auspex.kernel.model.CardRefused {
        var model = Files.createDirectories(folder.resolve("fast-pulse/1.0.0"));
        Files.writeString(model.resolve("model.yaml"), """
                model: fast-pulse
                version: 1.0.0
                title: Fast pulse
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: none}
                subject: Patient
                engine: {kind: scorecard}
                inputs:
                  - {name: pulse, from: "Observation?code=http://loinc.org|8867-4", value: value, unit: /min, range: {low: 20, high: 300}, within: PT24H}
                outputs:
                  - {name: stroke, kind: probability, display: Stroke}
                scorecard:
                  source: none
                  items:
                    - {item: pulse, input: pulse, coefficient: 0.05, times: pulse - 100}
                  probability: {value: 1 / (1 + exp(-total))}
                """);
        models.serve(Kernel.loader().load(model));
    }

    @AfterEach
    void close() {
        models.close();
    }

    @Test
    void seesNothingOfWhatCameWithOrAfterThePrediction() {
        everybody();
        // Three leaks, each of which tells the outcome: measured at the prediction, after it, and before it but
        // reported after it.
        IntStream.range(0, PATIENTS).forEach(patient -> {
            var pulse = hasStroke(patient) ? 200 : 40;
            pulse(patient, pulse, admission(patient), Optional.empty());
            pulse(patient, pulse, admission(patient).plusSeconds(60), Optional.empty());
            var before = admission(patient).minusSeconds(60);
            pulse(patient, pulse, before, Optional.of(admission(patient).plusSeconds(3600)));
        });

        var honest = auroc(appraise(design()));
        var leaking = auroc(appraise(new Design(
                Optional.of(FIRST.plus(Duration.ofHours(12))), Optional.empty(), OUTCOME, Optional.empty(), WINDOW)));

        // The pulses before admission are the same for those with a stroke and those without.
        assertThat(honest).isEqualTo(0.5);
        assertThat(leaking).isEqualTo(1.0);
    }

    @Test
    void tellsWhoWasJudgedInWhichGroups() {
        everybody();

        var appraisal = appraise(design());

        assertThat(appraisal.description().judged()).isEqualTo(PATIENTS);
        assertThat(appraisal.description().events()).isEqualTo(PATIENTS / 2);
        assertThat(appraisal.description().leftOut()).isEmpty();
        assertThat(appraisal.subgroups().groups())
                .extracting(group -> group.by() + " " + group.name() + " " + group.rows())
                .containsExactlyInAnyOrder(
                        "sex female 30", "sex male 30", "age 40 to under 65 30", "age 65 to under 80 30");
    }

    @Test
    void leavesOutWhomNothingCanBeLearntFrom() {
        everybody();
        var early = patient(PATIENTS);
        admitted(PATIENTS, FIRST);
        stroke(PATIENTS, FIRST.minusSeconds(3600));
        var same = patient(PATIENTS + 1);
        admitted(PATIENTS + 1, FIRST);
        stroke(PATIENTS + 1, FIRST);
        var never = patient(PATIENTS + 2);
        var fresh = patient(PATIENTS + 3);
        admitted(PATIENTS + 3, CLOCK.instant().minus(Duration.ofDays(3)));
        stroke(PATIENTS + 3, CLOCK.instant().minus(Duration.ofDays(1)));

        var appraisal = appraise(design());

        assertThat(List.of(early, same, never, fresh)).hasSize(4);
        assertThat(appraisal.description().judged()).isEqualTo(PATIENTS);
        assertThat(appraisal.description().leftOut())
                .isEqualTo(Map.of(
                        "the outcome had happened before the prediction, or nobody knows when", 2,
                        "nothing in the record begins the follow-up", 1,
                        "the window is not over", 1));
    }

    @Test
    void anOutcomeAfterTheWindowIsNone() {
        everybody();

        var appraisal = appraise(
                new Design(Optional.empty(), Optional.of(ADMISSION), OUTCOME, Optional.empty(), Duration.ofHours(47)));

        assertThat(appraisal.description().events()).isZero();
        assertThat(((ProbabilityEvaluation) appraisal.evaluation())
                        .discrimination()
                        .auroc()
                        .gap())
                .contains("No row is positive");
    }

    @Test
    void whatAnAiAssertedIsNoOutcome() {
        everybody();
        record.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Condition.class::isInstance)
                .forEach(condition -> condition
                        .getMeta()
                        .addSecurity("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "AIAST", ""));

        assertThat(appraise(design()).description().events()).isZero();
    }

    @Test
    void saysWhyNobodyCanBeJudged() {
        assertThatThrownBy(() -> appraise(design()))
                .isInstanceOf(AppraisalRefused.class)
                .hasMessage("Nobody of 'everybody' can be followed up: it is empty");

        patient(0);
        assertThatThrownBy(() -> appraise(design()))
                .isInstanceOf(AppraisalRefused.class)
                .hasMessageContaining("{nothing in the record begins the follow-up=1}");

        admitted(0, FIRST);
        assertThatThrownBy(() -> appraise(design()))
                .isInstanceOf(AppraisalRefused.class)
                .hasMessageContaining("The model abstained on every row, first because of: {pulse=row 1:");
    }

    @Test
    void aCompetingEventIsRefusedOfAModelThatForeseesNoTimes() {
        everybody();

        assertThatThrownBy(() -> appraise(new Design(
                        Optional.empty(),
                        Optional.of(ADMISSION),
                        OUTCOME,
                        Optional.of(Criteria.parse("Patient")),
                        WINDOW)))
                .isInstanceOf(AppraisalRefused.class)
                .hasMessageContaining("fast-pulse|1.0.0 says whether and not when")
                .hasMessageContaining("leave out competing");
    }

    @Test
    void whereEverybodyHadTheOutcomeNothingIsRanked() {
        everybody();
        IntStream.range(0, PATIENTS)
                .filter(patient -> !hasStroke(patient))
                .forEach(patient -> stroke(patient, admission(patient).plus(Duration.ofDays(3))));

        var appraisal = appraise(design());

        assertThat(appraisal.description().events()).isEqualTo(PATIENTS);
        assertThat(((ProbabilityEvaluation) appraisal.evaluation())
                        .discrimination()
                        .auroc()
                        .gap())
                .contains("No row is negative");
    }

    @Test
    void judgesACohortOfOne() {
        patient(0);
        admitted(0, FIRST);
        pulse(0, 90, FIRST.minusSeconds(600), Optional.empty());

        var appraisal = appraise(design());

        assertThat(appraisal.description().judged()).isEqualTo(1);
        assertThat(((ProbabilityEvaluation) appraisal.evaluation()).brierScore().gap())
                .contains("One person alone cannot be resampled");
    }

    private static Design design() {
        return new Design(Optional.empty(), Optional.of(ADMISSION), OUTCOME, Optional.empty(), WINDOW);
    }

    private static double auroc(Appraisal appraisal) {
        return ((ProbabilityEvaluation) appraisal.evaluation())
                .discrimination()
                .auroc()
                .value()
                .orElseThrow();
    }

    private Appraisal appraise(Design design) {
        var reader = Kernel.reader(record);
        var card = models.serving().get(0);
        var subjects = record.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Patient.class::isInstance)
                .map(patient ->
                        Subject.patient("Patient/" + patient.getIdElement().getIdPart()))
                .toList();
        var order = new AppraisalOrder(
                card,
                "everybody",
                subjects,
                Map.of(),
                design,
                List.of(PatientGroups.SEX, PatientGroups.AGE),
                Optional.empty(),
                Optional.empty(),
                new Bootstrap(100, 1));
        return new CohortAppraisal(new Prediction(models, reader, FindingsWriter.NOWHERE, CLOCK), reader, CLOCK)
                .run(order, (doing, done, of) -> {});
    }

    private void everybody() {
        for (var patient = 0; patient < PATIENTS; patient++) {
            patient(patient);
            admitted(patient, admission(patient));
            pulse(patient, 60 + patient / 2, admission(patient).minusSeconds(7200), Optional.empty());
            if (hasStroke(patient)) {
                stroke(patient, admission(patient).plus(Duration.ofDays(2)));
            }
        }
    }

    private static boolean hasStroke(int patient) {
        return patient % 2 == 0;
    }

    private static Instant admission(int patient) {
        return FIRST.plus(Duration.ofMinutes(patient));
    }

    private Patient patient(int number) {
        var patient = new Patient();
        patient.setGender(
                number < PATIENTS / 2
                        ? Enumerations.AdministrativeGender.FEMALE
                        : Enumerations.AdministrativeGender.MALE);
        patient.setBirthDateElement(new org.hl7.fhir.r4.model.DateType(number % 2 == 0 ? "1970-05-01" : "1950-05-01"));
        return add("p-" + number, patient);
    }

    private void admitted(int patient, Instant when) {
        var encounter = new Encounter();
        encounter.setStatus(Encounter.EncounterStatus.FINISHED);
        encounter.setSubject(new Reference("Patient/p-" + patient));
        encounter.getPeriod().setStart(Date.from(when)).setEnd(Date.from(when.plus(Duration.ofDays(5))));
        add("e-" + patient, encounter);
    }

    private void stroke(int patient, Instant when) {
        var condition = new Condition();
        condition.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("230690007");
        condition.setSubject(new Reference("Patient/p-" + patient));
        condition.setOnset(new DateTimeType(Date.from(when)));
        add("c-" + patient, condition);
    }

    private void pulse(int patient, int value, Instant when, Optional<Instant> reported) {
        var observation = new Observation();
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.getCode().addCoding().setSystem("http://loinc.org").setCode("8867-4");
        observation.setSubject(new Reference("Patient/p-" + patient));
        observation.setEffective(new DateTimeType(Date.from(when)));
        reported.ifPresent(time -> observation.setIssued(Date.from(time)));
        observation.setValue(new Quantity()
                .setValue(value)
                .setUnit("/min")
                .setSystem("http://unitsofmeasure.org")
                .setCode("/min"));
        add("o-" + record.getEntry().size(), observation);
    }

    private <T extends Resource> T add(String id, T resource) {
        resource.setId(id);
        record.addEntry().setResource(resource);
        return resource;
    }
}
