package org.auspex.kernel.appraisal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.ShippedVocabulary;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Criteria;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;

/** Strokes beside death, of patients who are predicted on 10 January. */
class FollowUpsTest {

    private static final Instant INDEX = Instant.parse("2026-01-10T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private final Bundle record = new Bundle();
    private final List<Subject> subjects = new ArrayList<>();

    @Test
    void theFirstOfBothEndsTheFollowUp() {
        var stroke = patient(1, day(5));
        stroke(1, day(2));
        patient(2, day(3));
        patient(3, day(3));
        stroke(3, day(10));
        patient(4, day(40));

        var found = found(NOW);

        assertThat(found)
                .extracting(one -> "%s %s %s"
                        .formatted(one.event(), one.competing(), one.until().toDays()))
                .containsExactly("true false 2", "false true 3", "false true 3", "false false 30");
        assertThat(found.get(0).subject()).isEqualTo(stroke);
    }

    @Test
    void anOutcomeOfTheDayOfDeathCameFirst() {
        patient(1, new DateTimeType("2026-01-12"));
        stroke(1, new DateTimeType("2026-01-12T16:00:00Z"));

        assertThat(found(NOW))
                .singleElement()
                .satisfies(one -> assertThat(one.event()).isTrue())
                .satisfies(one -> assertThat(one.competing()).isFalse());
    }

    @Test
    void deathBeforeThePredictionOrNobodyKnowsWhenLeavesOut() {
        patient(1, day(-1));
        patient(2, new BooleanType(true));
        patient(3, new BooleanType(false));
        var followUps = followUps(NOW);

        assertThat(followUps.found())
                .extracting(one -> one.subject().reference())
                .containsExactly("Patient/p-3");
        assertThat(followUps.leftOut())
                .isEqualTo(Map.of("a competing event had happened before the prediction, or nobody knows when", 2));
    }

    @Test
    void whoIsFollowedStillIsCensoredAndWhoDiedIsNot() {
        patient(1, day(3));
        patient(2, new BooleanType(false));

        assertThat(found(INDEX.plus(Duration.ofDays(7))))
                .extracting(
                        one -> "%s %s".formatted(one.competing(), one.until().toDays()))
                .containsExactly("true 3", "false 7");
    }

    private List<FollowedUp> found(Instant now) {
        return followUps(now).found();
    }

    private FollowUps followUps(Instant now) {
        var reader = new EvidenceReader(
                new BundleRecord(record, (resource, query) -> false),
                new Paths(FHIR),
                new Units(),
                new ShippedVocabulary(FHIR));
        var design = new Design(
                Optional.of(INDEX),
                Optional.empty(),
                Criteria.parse("Condition?code=http://snomed.info/sct|230690007"),
                Optional.of(Criteria.parse("Patient")),
                Duration.ofDays(30));
        var followUps = new FollowUps(reader, design, true, now);
        followUps.find(subjects, (doing, done, of) -> {});
        return followUps;
    }

    private Subject patient(int number, Type deceased) {
        var patient = new Patient();
        patient.setId("p-" + number);
        patient.setDeceased(deceased);
        record.addEntry().setResource(patient);
        var subject = Subject.patient("Patient/p-" + number);
        subjects.add(subject);
        return subject;
    }

    private void stroke(int patient, DateTimeType onset) {
        var condition = new Condition();
        condition.setId("c-" + patient);
        condition.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("230690007");
        condition.setSubject(new Reference("Patient/p-" + patient));
        condition.setOnset(onset);
        record.addEntry().setResource(condition);
    }

    private static DateTimeType day(int after) {
        return new DateTimeType(Date.from(INDEX.plus(Duration.ofDays(after))));
    }
}
