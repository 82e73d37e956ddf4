package org.auspex.kernel.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.features.WhenMissing;
import org.auspex.kernel.features.Window;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which diagnoses, medicines, procedures and relatives' diseases count, as of noon on 1 March 2026: the rules of the table
 * in docs/models/adding-a-model.md. A row gives what a resource says besides its code and patient, and whether it counts.
 */
class WhatCountsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Paths PATHS = new Paths(FHIR);
    private static final String CODE = "{'coding': [{'system': 'http://snomed.info/sct', 'code': '1'}]}";

    private static final boolean NOT_PAST = false;
    private static final boolean PAST = true;

    // Diagnoses

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            active     | confirmed        | yes
            recurrence | confirmed        | yes
            relapse    | confirmed        | yes
            inactive   | confirmed        | no
            remission  | confirmed        | no
            resolved   | confirmed        | no
            active     | unconfirmed      | yes
            active     | provisional      | yes
            active     | differential     | no
            active     | refuted          | no
            active     | entered-in-error | no
            """)
    void aDiagnosisCountsWhileItIsThereAndNotDenied(String clinical, String verification, String counts) {
        var condition = condition("""
                'clinicalStatus': {'coding': [{'code': '%s'}]}, 'verificationStatus': {'coding': [{'code': '%s'}]}""".formatted(clinical, verification));

        assertThat(found(condition, "Condition", NOT_PAST)).isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~'onsetDateTime': '2020'~                                                   | yes
            ~'onsetDateTime': '2026-03-01T13:00:00Z'~                                   | no
            ~'onsetDateTime': '2020', 'recordedDate': '2026-03-02'~                     | no
            ~'onsetDateTime': '2020', 'abatementDateTime': '2025'~                      | no
            ~'onsetDateTime': '2020', 'abatementDateTime': '2026-03'~                   | yes
            ~'onsetDateTime': '2020', 'abatementDateTime': '2027'~                      | yes
            ~'onsetDateTime': '2020', 'abatementPeriod': {'start': '2020', 'end': '2021'}~ | no
            ~'onsetDateTime': '2020', 'abatementAge': {'value': 50, 'code': 'a'}~       | no
            ~'onsetDateTime': '2020', 'abatementString': 'in childhood'~                | no
            ~'onsetAge': {'value': 50, 'code': 'a'}~                                    | yes
            ~'recordedDate': '2020'~                                                    | yes
            ~'clinicalStatus': {'coding': [{'code': 'resolved'}]}, 'abatementDateTime': '2027'~ | yes
            """)
    void aDiagnosisCountsFromItsOnsetToItsAbatement(String says, String counts) {
        assertThat(found(condition(says), "Condition", NOT_PAST)).isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~'clinicalStatus': {'coding': [{'code': 'resolved'}]}~       | yes
            ~'onsetDateTime': '2020', 'abatementDateTime': '2021'~       | yes
            ~'verificationStatus': {'coding': [{'code': 'refuted'}]}~    | no
            ~'onsetDateTime': '2026-03-02'~                              | no
            """)
    void aPastDiagnosisCountsWhereTheCardIncludesThePast(String says, String counts) {
        assertThat(found(condition(says), "Condition", PAST)).isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~'onsetDateTime': '2026-03-01T08:00:00Z'~                              | yes
            ~'onsetDateTime': '2026-03'~                                           | yes
            ~'onsetDateTime': '2020', 'recordedDate': '2026-03-01T08:00:00Z'~      | no
            ~'onsetPeriod': {'start': '2026-02-20', 'end': '2026-02-28T13:00:00Z'}~ | yes
            ~'recordedDate': '2026-03-01T08:00:00Z'~                               | yes
            ~'recordedDate': '2020'~                                               | no
            ~'onsetAge': {'value': 50}, 'recordedDate': '2026-03-01T08:00:00Z'~    | no
            ~'note': [{'text': 'no date at all'}]~                                 | no
            """)
    void withinAWindowADiagnosisCountsByItsOnset(String says, String counts) {
        var reading = read(condition(says), input("Condition", NOT_PAST, Optional.of(Duration.ofDays(1))));

        assertThat(category(reading)).isEqualTo(counts);
    }

    // Medicines

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~'status': 'active', 'intent': 'order'~              | yes | yes
            ~'status': 'active', 'intent': 'plan'~               | yes | yes
            ~'status': 'active', 'intent': 'proposal'~           | no  | no
            ~'status': 'active', 'intent': 'option'~             | no  | no
            ~'status': 'active', 'intent': 'order', 'doNotPerform': true~ | no | no
            ~'status': 'on-hold', 'intent': 'order'~             | no  | yes
            ~'status': 'completed', 'intent': 'order'~           | no  | yes
            ~'status': 'stopped', 'intent': 'order'~             | no  | yes
            ~'status': 'cancelled', 'intent': 'order'~           | no  | no
            ~'status': 'draft', 'intent': 'order'~               | no  | no
            ~'status': 'entered-in-error', 'intent': 'order'~    | no  | no
            ~'status': 'unknown', 'intent': 'order'~             | no  | no
            """)
    void anOrderCountsWhileItRunsAndAskedForThePastAlsoAfterwards(String says, String running, String past) {
        var request = medicine("MedicationRequest", says + ", 'authoredOn': '2026-01-01'");

        assertThat(found(request, "MedicationRequest", NOT_PAST)).isEqualTo(running);
        assertThat(found(request, "MedicationRequest", PAST)).isEqualTo(past);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~'status': 'active'~                                                       | yes | yes
            ~'status': 'active', 'effectivePeriod': {'start': '2020'}~                 | yes | yes
            ~'status': 'active', 'effectivePeriod': {'start': '2020', 'end': '2021'}~  | no  | yes
            ~'status': 'active', 'effectivePeriod': {'start': '2027'}~                 | no  | no
            ~'status': 'completed', 'effectiveDateTime': '2020'~                       | no  | yes
            ~'status': 'stopped', 'effectiveDateTime': '2020'~                         | no  | yes
            ~'status': 'on-hold', 'effectiveDateTime': '2020'~                         | no  | yes
            ~'status': 'not-taken'~                                                    | no  | no
            ~'status': 'intended'~                                                     | no  | no
            ~'status': 'entered-in-error'~                                             | no  | no
            ~'status': 'unknown'~                                                      | no  | no
            """)
    void aStatementCountsWhileTheMedicineIsTaken(String says, String running, String past) {
        var statement = medicine("MedicationStatement", says);

        assertThat(found(statement, "MedicationStatement", NOT_PAST)).isEqualTo(running);
        assertThat(found(statement, "MedicationStatement", PAST)).isEqualTo(past);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            MedicationAdministration | ~'status': 'completed', 'effectiveDateTime': '2026-03-01T08:00:00Z'~        | yes
            MedicationAdministration | ~'status': 'in-progress', 'effectiveDateTime': '2026-03-01T08:00:00Z'~      | yes
            MedicationAdministration | ~'status': 'completed', 'effectiveDateTime': '2020'~                        | no
            MedicationAdministration | ~'status': 'not-done', 'effectiveDateTime': '2026-03-01T08:00:00Z'~         | no
            MedicationAdministration | ~'status': 'entered-in-error', 'effectiveDateTime': '2026-03-01T08:00:00Z'~ | no
            MedicationDispense       | ~'status': 'completed', 'whenHandedOver': '2026-03-01T08:00:00Z'~           | yes
            MedicationDispense       | ~'status': 'completed', 'whenHandedOver': '2020'~                           | no
            MedicationDispense       | ~'status': 'declined', 'whenHandedOver': '2026-03-01T08:00:00Z'~            | no
            MedicationDispense       | ~'status': 'in-progress', 'whenPrepared': '2026-03-01T08:00:00Z'~           | no
            """)
    void whatWasGivenCountsByItsTime(String type, String says, String counts) {
        var reading = read(medicine(type, says), input(type, NOT_PAST, Optional.of(Duration.ofDays(1))));

        assertThat(category(reading)).isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~'contained': [{'resourceType': 'Medication', 'id': 'm', 'code': CODE}], 'medicationReference': {'reference': '#m'}~ | yes
            ~'medicationReference': {'reference': 'Medication/m1'}~                                                             | yes
            ~'medicationReference': {'reference': 'urn:uuid:7c1b3c9e-1e0a-4f6b-8a57-0d3b7f1c2a11'}~                              | yes
            ~'medicationReference': {'reference': 'Medication/m2'}~                                                             | no
            ~'medicationReference': {'reference': 'Medication/nowhere'}~                                                        | no
            """)
    void aMedicineIsAlsoReadWhereItIsNamedByReference(String names, String counts) {
        var request = resource(
                "MedicationRequest",
                "'status': 'active', 'intent': 'order', " + names.replace("CODE", CODE),
                "subject");
        var medicine = "{'resourceType': 'Medication', 'id': 'm1', 'code': %s}".formatted(CODE);
        var byUrn = medicine.replace("m1", "m3");
        var other = "{'resourceType': 'Medication', 'id': 'm2', 'code': {'text': 'another'}}";

        var reading = read(
                bundle(request, medicine, other)
                        + ", {'fullUrl': 'urn:uuid:7c1b3c9e-1e0a-4f6b-8a57-0d3b7f1c2a11', 'resource': %s}"
                                .formatted(byUrn),
                input("MedicationRequest", NOT_PAST, Optional.empty()));

        assertThat(category(reading)).isEqualTo(counts);
    }

    // Procedures, relatives, encounters and what else a card may name

    @ParameterizedTest
    @CsvSource({
        "completed,yes",
        "in-progress,yes",
        "stopped,yes",
        "preparation,no",
        "not-done,no",
        "entered-in-error,no",
        "unknown,no"
    })
    void aProcedureCountsOnceItWasBegun(String status, String counts) {
        var procedure = coded("Procedure", "'status': '%s', 'performedDateTime': '2020'".formatted(status));

        assertThat(found(procedure, "Procedure", NOT_PAST)).isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~'performedDateTime': '2026-03-01T08:00:00Z'~             | yes
            ~'performedPeriod': {'start': '2026-02-20', 'end': '2026-03-01'}~ | yes
            ~'performedDateTime': '2026-02-01'~                       | no
            ~'performedDateTime': '2026-03-02'~                       | no
            ~'performedString': 'as a child'~                         | no
            """)
    void aProcedureLiesInAWindowByWhenItWasPerformed(String when, String counts) {
        var reading = read(
                coded("Procedure", "'status': 'completed', " + when),
                input("Procedure", NOT_PAST, Optional.of(Duration.ofDays(1))));

        assertThat(category(reading)).isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource({"completed,yes", "partial,yes", "health-unknown,no", "entered-in-error,no"})
    void aRelativesDiseaseCounts(String status, String counts) {
        var history = resource(
                "FamilyMemberHistory",
                "'status': '%s', 'relationship': {'text': 'father'}, 'condition': [{'code': %s}]"
                        .formatted(status, CODE),
                "patient");

        assertThat(found("{'resource': %s}".formatted(history), "FamilyMemberHistory", NOT_PAST))
                .isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            DiagnosticReport   | ~'status': 'final', 'effectiveDateTime': '2026-03-01T08:00:00Z'~            | yes
            DiagnosticReport   | ~'status': 'final', 'effectiveDateTime': '2020'~                            | no
            DiagnosticReport   | ~'status': 'entered-in-error', 'effectiveDateTime': '2026-03-01T08:00:00Z'~ | no
            DiagnosticReport   | ~'status': 'cancelled', 'effectiveDateTime': '2026-03-01T08:00:00Z'~        | no
            ServiceRequest     | ~'status': 'active', 'intent': 'order', 'authoredOn': '2026-03-01T08:00:00Z'~ | yes
            ServiceRequest     | ~'status': 'active', 'intent': 'order', 'authoredOn': '2020'~               | no
            """)
    void whatElseACardNamesHasAStatusAndATimeToo(String type, String says, String counts) {
        var reading = read(coded(type, says), input(type, NOT_PAST, Optional.of(Duration.ofDays(1))));

        assertThat(category(reading)).isEqualTo(counts);
    }

    // Words of the sentences above.

    private static String found(String entry, String type, boolean past) {
        return category(read(entry, input(type, past, Optional.empty())));
    }

    private static String category(Reading reading) {
        return ((Feature.Categorical) reading.feature()).category();
    }

    private static Reading read(String entries, Input input) {
        var json = "{'resourceType': 'Bundle', 'type': 'collection', 'entry': [%s, %s]}"
                .formatted("{'resource': {'resourceType': 'Patient', 'id': 'p', 'birthDate': '1960-05-10'}}", entries);
        var bundle = FHIR.newJsonParser().parseResource(Bundle.class, json.replace('\'', '"'));
        var record = new BundleRecord(bundle, (resource, query) -> false);
        return new EvidenceReader(record, PATHS, new Units(), new ShippedVocabulary(FHIR))
                .read(List.of(Subject.patient("Patient/p")), new Requirements(Optional.empty(), List.of(input)), NOW)
                .get(0)
                .readings()
                .get(0);
    }

    private static Input input(String type, boolean past, Optional<Duration> within) {
        var source = new Source(
                Criteria.parse(type + "?code=http://snomed.info/sct|1"),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new Input(
                "x",
                List.of(source),
                Optional.empty(),
                new Window(within, Optional.empty()),
                Take.EXISTS,
                new WhenMissing.Abstain(),
                false,
                past,
                Category.NO_YES,
                Optional.empty(),
                Optional.empty());
    }

    private static String condition(String says) {
        return coded("Condition", says);
    }

    private static String coded(String type, String says) {
        return bundle(resource(type, says + ", 'code': " + CODE, "subject"));
    }

    private static String medicine(String type, String says) {
        return bundle(resource(type, says + ", 'medicationCodeableConcept': " + CODE, "subject"));
    }

    private static String resource(String type, String says, String patient) {
        return "{'resourceType': '%s', 'id': 'r', '%s': {'reference': 'Patient/p'}, %s}".formatted(type, patient, says);
    }

    private static String bundle(String... resources) {
        return List.of(resources).stream()
                .map("{'resource': %s}"::formatted)
                .collect(java.util.stream.Collectors.joining(", "));
    }
}
