package org.auspex.kernel.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Range;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.features.WhenMissing;
import org.auspex.terminology.Code;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;

class EvidenceProbesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SYSTOLIC = "http://loinc.org|8480-6";
    private static final Subject SUBJECT = Subject.patient("Patient/p");
    private static final Paths PATHS = new Paths(FhirContext.forR4Cached());
    private static final Units UNITS = new Units();

    @Test
    void doesNotCountAConditionBeforeItWasRecorded() {
        var condition = new Condition();
        condition.setId("c1");
        condition.setSubject(new Reference("Patient/p"));
        condition.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("1");
        condition.setOnset(new DateTimeType("2020"));
        condition.setRecordedDateElement(new DateTimeType("2027-01-01"));

        assertThat(read(yesNo("Condition?code=http://snomed.info/sct|1"), condition)
                        .feature()
                        .obstacle())
                .isPresent();
    }

    @Test
    void doesNotCountAConditionThatHasAbated() {
        var condition = new Condition();
        condition.setId("c1");
        condition.setSubject(new Reference("Patient/p"));
        condition.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("1");
        condition.setOnset(new DateTimeType("2020"));
        condition.setAbatement(new DateTimeType("2021"));

        assertThat(read(yesNo("Condition?code=http://snomed.info/sct|1"), condition)
                        .feature()
                        .obstacle())
                .isPresent();
    }

    @Test
    void readsTheSameFromTheSameValuesOfOtherResourcesAlsoAtTheSameTime() {
        var mean = input(systolic().sources(), Take.MEAN, new WhenMissing.Abstain(), List.of());

        var one = read(
                mean,
                observation("o1", "8480-6", "2026-03-01T08:00:00Z", quantity("120", "mm[Hg]")),
                observation("o2", "8480-6", "2026-03-01T08:00:00Z", quantity("130", "mm[Hg]")));
        var other = read(
                mean,
                observation("o4", "8480-6", "2026-03-01T08:00:00Z", quantity("120", "mm[Hg]")),
                observation("o3", "8480-6", "2026-03-01T08:00:00Z", quantity("130", "mm[Hg]")));

        assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
    }

    @Test
    void averagesValuesThatAreEqualToThemselves() {
        var reading = read(
                input(systolic().sources(), Take.MEAN, new WhenMissing.Abstain(), List.of()),
                observation("o1", "8480-6", "2026-03-01T08:00:00Z", quantity("0.1e3", "mm[Hg]")),
                observation("o2", "8480-6", "2026-03-01T09:00:00Z", quantity("100.00", "mm[Hg]")));

        assertThat(reading.feature()).isEqualTo(new Feature.Numeric(100));
    }

    @Test
    void resolvesARelativeReferenceInTheBaseOfItsEntry() {
        var patient = patient("1960-05-10");
        patient.setId((String) null);
        var bundle = new Bundle();
        bundle.addEntry().setFullUrl("http://example.org/fhir/Patient/p").setResource(patient);
        bundle.addEntry()
                .setFullUrl("http://example.org/fhir/Observation/o1")
                .setResource(observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("120", "mm[Hg]")));
        var record = new BundleRecord(bundle, (resource, query) -> false);

        var evidence =
                new EvidenceReader(record, PATHS, UNITS).read(record.subjects("Patient"), asking(systolic()), NOW);

        assertThat(evidence.get(0).features().get("x")).isEqualTo(new Feature.Numeric(120));
    }

    private static Input yesNo(String from) {
        var source = new Source(Criteria.parse(from), "true", Optional.empty(), Optional.empty(), Optional.empty());
        return input(List.of(source), Take.LATEST, new WhenMissing.Abstain(), Category.NO_YES);
    }

    private static org.assertj.core.data.Offset<Double> within(double by) {
        return org.assertj.core.data.Offset.offset(by);
    }

    private static EvidenceReader reader(Resource... resources) {
        var bundle = new Bundle();
        Arrays.stream(resources).forEach(resource -> bundle.addEntry().setResource(resource));
        return new EvidenceReader(new BundleRecord(bundle, (resource, query) -> false), PATHS, UNITS);
    }

    private static Evidence read(Patient patient, Requirements requirements) {
        return reader(patient).read(List.of(SUBJECT), requirements, NOW).get(0);
    }

    private static Reading read(Input input, Resource... resources) {
        var all = new java.util.ArrayList<>(List.of(resources));
        all.add(patient("1960-05-10"));
        return reader(all.toArray(Resource[]::new))
                .read(List.of(SUBJECT), asking(input), NOW)
                .get(0)
                .readings()
                .get(0);
    }

    private static Requirements asking(Input... inputs) {
        return new Requirements(Optional.empty(), List.of(inputs));
    }

    private static Input input(List<Source> sources, Take take, WhenMissing missing, List<Category> categories) {
        return new Input("x", sources, Optional.empty(), take, missing, false, categories, Optional.empty());
    }

    private static Input systolic() {
        var source = new Source(
                Criteria.parse("Observation?code=" + SYSTOLIC),
                "value",
                Optional.of("mm[Hg]"),
                Optional.of(new Range(40, 300)),
                Optional.empty());
        return input(List.of(source), Take.LATEST, new WhenMissing.Abstain(), List.of());
    }

    private static Input within(Duration window) {
        return new Input(
                "x",
                systolic().sources(),
                Optional.of(window),
                Take.LATEST,
                new WhenMissing.Abstain(),
                false,
                List.of(),
                Optional.empty());
    }

    private static Input number(String code, String unit) {
        var source = new Source(
                Criteria.parse("Observation?code=http://loinc.org|" + code),
                "value",
                Optional.of(unit),
                Optional.empty(),
                Optional.empty());
        return input(List.of(source), Take.LATEST, new WhenMissing.Abstain(), List.of());
    }

    private static Input consciousness() {
        var source = new Source(
                Criteria.parse("Observation?code=" + SYSTOLIC),
                "value",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var alert = new Category("alert", List.of(), List.of("alert"), Optional.empty());
        var confusion = new Category(
                "confusion",
                List.of(new Code("http://snomed.info/sct", "130987000")),
                List.of("confused"),
                Optional.empty());
        return input(List.of(source), Take.LATEST, new WhenMissing.Abstain(), List.of(alert, confusion));
    }

    private static Input age() {
        var source = new Source(Criteria.parse("Patient"), "age", Optional.of("a"), Optional.empty(), Optional.empty());
        return input(List.of(source), Take.LATEST, new WhenMissing.Abstain(), List.of());
    }

    private static Patient patient(String birthDate) {
        var patient = new Patient().setBirthDateElement(new DateType(birthDate));
        patient.setId("p");
        return patient;
    }

    private static Observation observation(
            String id, String code, String when, @org.jspecify.annotations.Nullable Type value) {
        var observation = new Observation();
        observation.setId(id);
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.setSubject(new Reference("Patient/p"));
        observation.getCode().addCoding().setSystem("http://loinc.org").setCode(code);
        observation.setEffective(new DateTimeType(when));
        observation.setValue(value);
        return observation;
    }

    private static void component(Observation panel, String code, Type value) {
        var component = panel.addComponent();
        component.getCode().addCoding().setSystem("http://loinc.org").setCode(code);
        component.setValue(value);
    }

    private static Quantity quantity(String value, String unit) {
        return new Quantity()
                .setValue(new BigDecimal(value))
                .setSystem("http://unitsofmeasure.org")
                .setCode(unit)
                .setUnit(unit);
    }
}
