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
import org.auspex.kernel.features.Window;
import org.auspex.terminology.Code;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceReaderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SYSTOLIC = "http://loinc.org|8480-6";
    private static final Subject SUBJECT = Subject.patient("Patient/p");
    private static final Paths PATHS = new Paths(FhirContext.forR4Cached());
    private static final Units UNITS = new Units();

    // Where a value stands

    @Test
    void readsAValueAtTheTop() {
        var pressure = observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("120", "mm[Hg]"));

        var reading = read(systolic(), pressure);

        assertThat(reading.feature()).isEqualTo(new Feature.Numeric(120));
        assertThat(reading.pieces()).extracting(Piece::reference).containsExactly("Observation/o1");
        assertThat(reading.notes()).isEmpty();
    }

    @Test
    void readsAValueInAComponent() {
        var panel = observation("o1", "85354-9", "2026-03-01T10:00:00Z", null);
        component(panel, "8462-4", quantity("80", "mm[Hg]"));
        component(panel, "8480-6", quantity("120", "mm[Hg]"));

        var reading = read(systolic(), panel);

        assertThat(reading.feature()).isEqualTo(new Feature.Numeric(120));
    }

    @Test
    void namesTheVersionItReadWhereTheRecordHasOne() {
        var pressure = observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("120", "mm[Hg]"));
        pressure.getMeta().setVersionId("7");

        var reading = read(systolic(), pressure);

        assertThat(reading.pieces()).extracting(Piece::reference).containsExactly("Observation/o1/_history/7");
    }

    @Test
    void doesNotReadAnotherCodeOrAnotherPatient() {
        var diastolic = observation("o1", "8462-4", "2026-03-01T10:00:00Z", quantity("80", "mm[Hg]"));
        var otherSystem = observation("o2", "none", "2026-03-01T10:00:00Z", quantity("90", "mm[Hg]"));
        otherSystem
                .getCode()
                .getCodingFirstRep()
                .setSystem("http://example.org")
                .setCode("8480-6");
        var stranger = observation("o3", "8480-6", "2026-03-01T10:00:00Z", quantity("120", "mm[Hg]"));
        stranger.setSubject(new Reference("Patient/stranger"));

        var reading = read(systolic(), diastolic, otherSystem, stranger);

        assertThat(reading.feature()).isEqualTo(new Feature.Unusable("no usable value in the record"));
    }

    @Test
    void readsOnlyTheEncountersOwnEvidenceForAnEncounter() {
        var inside = observation("o1", "8480-6", "2026-03-01T09:00:00Z", quantity("120", "mm[Hg]"));
        inside.setEncounter(new Reference("Encounter/e"));
        var outside = observation("o2", "8480-6", "2026-03-01T10:00:00Z", quantity("150", "mm[Hg]"));

        var evidence = reader(patient("1960-05-10"), inside, outside)
                .read(List.of(new Subject("Encounter/e", "Patient/p")), asking(systolic()), NOW);

        assertThat(evidence.get(0).features().get("x")).isEqualTo(new Feature.Numeric(120));
    }

    @Test
    void readsTheNewestOfSeveralSources() {
        var flow = new Source(
                Criteria.parse("Observation?code=http://loinc.org|3151-8"),
                "value",
                Optional.of("L/min"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(0.0));
        var fraction = new Source(
                Criteria.parse("Observation?code=http://loinc.org|3150-0"),
                "value",
                Optional.of("%"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(21.0));
        var oxygen = input(List.of(flow, fraction), Take.LATEST, new WhenMissing.Abstain(), Category.NO_YES);
        var onOxygen = observation("o1", "3151-8", "2026-03-01T08:00:00Z", quantity("2", "L/min"));
        var onAir = observation("o2", "3150-0", "2026-03-01T09:00:00Z", quantity("21", "%"));

        var reading = read(oxygen, onOxygen, onAir);

        assertThat(reading.feature()).isEqualTo(new Feature.Categorical("no", 0));
    }

    // What a value can be

    @Test
    void readsAnIntegerAsAPureNumber() {
        var score = observation("o1", "9269-2", "2026-03-01T10:00:00Z", new IntegerType(14));

        assertThat(read(number("9269-2", "{score}"), score).feature()).isEqualTo(new Feature.Numeric(14));
        assertThat(read(number("9269-2", "1"), score).feature()).isEqualTo(new Feature.Numeric(14));
    }

    @Test
    void readsTextWithoutRegardToCase() {
        var said = observation("o1", "8480-6", "2026-03-01T10:00:00Z", new StringType(" Confused "));

        assertThat(read(consciousness(), said).feature()).isEqualTo(new Feature.Categorical("confusion", 1));
    }

    @Test
    void readsACodedValue() {
        var concept = new CodeableConcept()
                .addCoding(new Coding("http://local.example", "x", null))
                .addCoding(new Coding("http://snomed.info/sct", "130987000", null));

        var reading = read(consciousness(), observation("o1", "8480-6", "2026-03-01T10:00:00Z", concept));

        assertThat(reading.feature()).isEqualTo(new Feature.Categorical("confusion", 1));
    }

    @Test
    void refusesAnAnswerThatTheCardDoesNotListByName() {
        var said = observation("o1", "8480-6", "2026-03-01T10:00:00Z", new StringType("asleep"));

        assertThat(read(consciousness(), said).feature())
                .isEqualTo(new Feature.Unusable(
                        "'asleep' is none of the answers [alert, confusion]; their codes are on the model's page"));
    }

    @Test
    void turnsANumberIntoYesOnlyAboveItsLimit() {
        var source = new Source(
                Criteria.parse("Observation?code=" + SYSTOLIC),
                "value",
                Optional.of("mg/dL"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(120.0));
        var raised = input(List.of(source), Take.LATEST, new WhenMissing.Abstain(), Category.NO_YES);

        var at = read(raised, observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("120", "mg/dL")));
        var above = read(raised, observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("1.21", "g/L")));

        assertThat(at.feature()).isEqualTo(new Feature.Categorical("no", 0));
        assertThat(above.feature()).isEqualTo(new Feature.Categorical("yes", 1));
    }

    @ParameterizedTest
    @CsvSource({"<,LESS_THAN", ">,GREATER_THAN", "<=,LESS_OR_EQUAL", ">=,GREATER_OR_EQUAL"})
    void usesAValueWithAComparatorAtItsBoundAndSaysSo(String sign, Quantity.QuantityComparator comparator) {
        var bounded = quantity("300", "mm[Hg]").setComparator(comparator);

        var reading = read(systolic(), observation("o1", "8480-6", "2026-03-01T10:00:00Z", bounded));

        assertThat(reading.feature()).isEqualTo(new Feature.Numeric(300));
        assertThat(reading.notes()).containsExactly("reported as " + sign + "300, used at the bound");
    }

    // Units

    @Test
    void convertsUnitsAndSaysSo() {
        var reading = read(
                number("8480-6", "mm[Hg]"), observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("16", "kPa")));

        assertThat(reading.feature().number().orElseThrow()).isCloseTo(120.0, within(0.1));
        assertThat(reading.notes()).singleElement().asString().startsWith("converted from 16 kPa to 120.0");
    }

    @ParameterizedTest
    @CsvSource({"100.4,[degF],38", "311.15,K,38", "38,Cel,38"})
    void convertsTemperaturesByOffsetAndFactor(String value, String unit, double celsius) {
        var reading = read(
                number("8310-5", "Cel"), observation("o1", "8310-5", "2026-03-01T10:00:00Z", quantity(value, unit)));

        assertThat(reading.feature().number().orElseThrow()).isCloseTo(celsius, within(1e-9));
    }

    @Test
    void readsAWrittenUnitOnlyWhereThereIsNoCode() {
        var written = new Quantity().setValue(new BigDecimal("120")).setUnit("mmHg");
        var contradicting = quantity("16", "kPa").setUnit("mmHg");

        var byText = read(systolic(), observation("o1", "8480-6", "2026-03-01T10:00:00Z", written));
        var byCode = read(systolic(), observation("o1", "8480-6", "2026-03-01T10:00:00Z", contradicting));

        assertThat(byText.feature()).isEqualTo(new Feature.Numeric(120));
        assertThat(byCode.feature().number().orElseThrow()).isCloseTo(120.0, within(0.1));
    }

    @Test
    void refusesAValueWithoutAUnit() {
        var bare = new Quantity().setValue(new BigDecimal("120"));

        var reading = read(systolic(), observation("o1", "8480-6", "2026-03-01T10:00:00Z", bare));

        assertThat(reading.feature()).isEqualTo(new Feature.Unusable("120 has no unit; mm[Hg] is expected"));
    }

    @Test
    void refusesAnUnknownUnitByName() {
        var local = new Quantity().setValue(new BigDecimal("120")).setUnit("furlongs");

        var reading = read(systolic(), observation("o1", "8480-6", "2026-03-01T10:00:00Z", local));

        assertThat(reading.feature())
                .isEqualTo(new Feature.Unusable("unit 'furlongs' is no UCUM unit; mm[Hg] is expected"));
    }

    @Test
    void refusesAUnitCodeOfAnotherSystem() {
        var foreign = quantity("120", "mm[Hg]").setSystem("http://example.org/units");

        var reading = read(systolic(), observation("o1", "8480-6", "2026-03-01T10:00:00Z", foreign));

        assertThat(reading.feature().obstacle()).isPresent();
    }

    @Test
    void refusesAUnitOfAnotherDimensionByName() {
        var reading = read(systolic(), observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("120", "mg/dL")));

        assertThat(reading.feature()).isEqualTo(new Feature.Unusable("unit 'mg/dL' cannot be converted to 'mm[Hg]'"));
    }

    @Test
    void refusesAValueOutsideOfThePlausibleRangeAfterConversion() {
        var reading = read(systolic(), observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("80", "kPa")));

        assertThat(reading.feature().obstacle().orElseThrow())
                .startsWith("600.0")
                .endsWith("mm[Hg] is outside of the plausible range 40 to 300; correct the value or its unit");
    }

    @Test
    void acceptsBothEndsOfThePlausibleRange() {
        var low = read(systolic(), observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("40", "mm[Hg]")));
        var high = read(systolic(), observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("300", "mm[Hg]")));

        assertThat(low.feature()).isEqualTo(new Feature.Numeric(40));
        assertThat(high.feature()).isEqualTo(new Feature.Numeric(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e309", "-1e309", "1e999999999", "1e-999999999"})
    void refusesANumberThatNoMeasurementCanBe(String number) {
        var reading = read(
                number("8480-6", "mm[Hg]"),
                observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity(number, "kPa")));

        assertThat(reading.feature().obstacle().orElseThrow()).endsWith("is no possible measurement");
    }

    // Standing

    @ParameterizedTest
    @ValueSource(strings = {"entered-in-error", "cancelled", "registered"})
    void neverCountsAnObservationThatDoesNotStand(String status) {
        var pressure = observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("120", "mm[Hg]"));
        pressure.setStatus(Observation.ObservationStatus.fromCode(status));

        assertThat(read(systolic(), pressure).feature().obstacle()).contains("no usable value in the record");
    }

    @ParameterizedTest
    @ValueSource(strings = {"final", "amended", "corrected", "preliminary"})
    void countsAnObservationThatStands(String status) {
        var pressure = observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("120", "mm[Hg]"));
        pressure.setStatus(Observation.ObservationStatus.fromCode(status));

        assertThat(read(systolic(), pressure).feature()).isEqualTo(new Feature.Numeric(120));
    }

    @ParameterizedTest
    @CsvSource({
        "active,confirmed,yes",
        "resolved,confirmed,no",
        "inactive,confirmed,no",
        "remission,confirmed,no",
        "active,refuted,no",
        "active,entered-in-error,no"
    })
    void countsAConditionOnlyWhileItIsActiveAndNotRefuted(String clinical, String verification, String expected) {
        var condition = new Condition();
        condition.setId("c1");
        condition.setSubject(new Reference("Patient/p"));
        condition.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("426896000");
        condition.getClinicalStatus().addCoding().setCode(clinical);
        condition.getVerificationStatus().addCoding().setCode(verification);
        condition.setOnset(new DateTimeType("2020"));
        var source = new Source(
                Criteria.parse("Condition?code=http://snomed.info/sct|426896000"),
                "true",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var failure = input(
                List.of(source),
                Take.LATEST,
                new WhenMissing.Impute(new Feature.Categorical("no", 0)),
                Category.NO_YES);

        var reading = read(failure, condition);

        assertThat(reading.feature()).extracting("category").isEqualTo(expected);
    }

    @Test
    void passesOverWhatAnAiAssertedUnlessTheCardIncludesIt() {
        var pressure = observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("120", "mm[Hg]"));
        pressure.getMeta()
                .addSecurity()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ObservationValue")
                .setCode("AIAST");
        var including = new Input(
                "x",
                systolic().sources(),
                Optional.empty(),
                new Window(Optional.empty(), Optional.empty()),
                Take.LATEST,
                new WhenMissing.Abstain(),
                true,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty());

        assertThat(read(systolic(), pressure).feature().obstacle()).contains("no usable value in the record");
        assertThat(read(including, pressure).feature()).isEqualTo(new Feature.Numeric(120));
    }

    // Time

    @Test
    void doesNotCountWhatTookEffectLater() {
        var past = observation("o1", "8480-6", "2026-03-01T12:00:00Z", quantity("120", "mm[Hg]"));
        var future = observation("o2", "8480-6", "2026-03-01T12:00:01Z", quantity("150", "mm[Hg]"));

        assertThat(read(systolic(), past, future).feature()).isEqualTo(new Feature.Numeric(120));
    }

    @Test
    void doesNotCountWhatWasReportedLater() {
        var pressure = observation("o1", "8480-6", "2026-03-01T08:00:00Z", quantity("120", "mm[Hg]"));
        pressure.setIssuedElement(new InstantType("2026-03-01T12:00:01Z"));

        assertThat(read(systolic(), pressure).feature().obstacle()).contains("no usable value in the record");
    }

    @Test
    void countsOnlyWhatLiesWithinTheWindow() {
        var atTheEdge = observation("o1", "8480-6", "2026-02-28T12:00:00Z", quantity("120", "mm[Hg]"));
        var before = observation("o2", "8480-6", "2026-02-28T11:59:59Z", quantity("110", "mm[Hg]"));

        assertThat(read(within(Duration.ofHours(24)), atTheEdge).feature()).isEqualTo(new Feature.Numeric(120));
        assertThat(read(within(Duration.ofHours(24)), before).feature())
                .isEqualTo(new Feature.Unusable("no usable value within 24 hours"));
    }

    @Test
    void readsAPartialDateAsTheWholeOfIt() {
        var day = observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("120", "mm[Hg]"));
        day.setEffective(new DateTimeType("2026-02-28"));
        var month = observation("o2", "8480-6", "2026-03-01T10:00:00Z", quantity("110", "mm[Hg]"));
        month.setEffective(new DateTimeType("2026-01"));

        assertThat(read(within(Duration.ofHours(24)), day).feature()).isEqualTo(new Feature.Numeric(120));
        assertThat(read(within(Duration.ofDays(30)), month).feature()).isEqualTo(new Feature.Numeric(110));
        assertThat(read(within(Duration.ofHours(24)), month).feature().obstacle())
                .isPresent();
    }

    @Test
    void readsAnInstantAndAPeriodAsTimes() {
        var instant = observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("120", "mm[Hg]"));
        instant.setEffective(new InstantType("2026-03-01T11:00:00Z"));
        var period = observation("o2", "8480-6", "2026-03-01T10:00:00Z", quantity("110", "mm[Hg]"));
        period.setEffective(new Period()
                .setStartElement(new DateTimeType("2026-02-27T00:00:00Z"))
                .setEndElement(new DateTimeType("2026-02-28T13:00:00Z")));

        assertThat(read(within(Duration.ofHours(24)), instant).feature()).isEqualTo(new Feature.Numeric(120));
        assertThat(read(within(Duration.ofHours(24)), period).feature()).isEqualTo(new Feature.Numeric(110));
        assertThat(read(within(Duration.ofHours(22)), period).feature().obstacle())
                .isPresent();
    }

    @Test
    void doesNotCountAnObservationThatDoesNotSayWhen() {
        var timeless = observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("120", "mm[Hg]"));
        timeless.setEffective(null);

        assertThat(read(systolic(), timeless).feature().obstacle()).isPresent();
    }

    // Which of several

    @ParameterizedTest
    @CsvSource({"LATEST,130", "FIRST,120", "MIN,110", "MAX,130", "MEAN,120", "COUNT,3"})
    void takesWhatTheCardSays(Take take, double expected) {
        var reading = read(
                input(systolic().sources(), take, new WhenMissing.Abstain(), List.of()),
                observation("o1", "8480-6", "2026-03-01T08:00:00Z", quantity("120", "mm[Hg]")),
                observation("o2", "8480-6", "2026-03-01T09:00:00Z", quantity("110", "mm[Hg]")),
                observation("o3", "8480-6", "2026-03-01T10:00:00Z", quantity("130", "mm[Hg]")));

        assertThat(reading.feature()).isEqualTo(new Feature.Numeric(expected));
    }

    @Test
    void countsNoneAsZero() {
        var reading = read(input(systolic().sources(), Take.COUNT, new WhenMissing.Abstain(), List.of()));

        assertThat(reading.feature()).isEqualTo(new Feature.Numeric(0));
    }

    @Test
    void prefersTheLaterReportedOfTwoValuesOfTheSameTime() {
        var first = observation("o2", "8480-6", "2026-03-01T10:00:00Z", quantity("120", "mm[Hg]"));
        first.setIssuedElement(new InstantType("2026-03-01T10:01:00Z"));
        var corrected = observation("o1", "8480-6", "2026-03-01T10:00:00Z", quantity("130", "mm[Hg]"));
        corrected.setIssuedElement(new InstantType("2026-03-01T10:05:00Z"));

        assertThat(read(systolic(), first, corrected).feature()).isEqualTo(new Feature.Numeric(130));
    }

    @Test
    void doesNotAverageOverAValueThatCannotBeRead() {
        var reading = read(
                input(systolic().sources(), Take.MEAN, new WhenMissing.Abstain(), List.of()),
                observation("o1", "8480-6", "2026-03-01T08:00:00Z", quantity("120", "mm[Hg]")),
                observation("o2", "8480-6", "2026-03-01T09:00:00Z", quantity("12", "mg/dL")));

        assertThat(reading.feature()).isEqualTo(new Feature.Unusable("unit 'mg/dL' cannot be converted to 'mm[Hg]'"));
    }

    // Gaps

    @Test
    void notesAnImputation() {
        var reading = read(
                input(systolic().sources(), Take.LATEST, new WhenMissing.Impute(new Feature.Numeric(118)), List.of()));

        assertThat(reading.feature()).isEqualTo(new Feature.Numeric(118));
        assertThat(reading.notes()).containsExactly("imputed: no usable value in the record");
        assertThat(reading.pieces()).isEmpty();
    }

    @Test
    void tellsTheModelOfAGapWhereTheCardSaysSo() {
        var reading = read(input(systolic().sources(), Take.LATEST, new WhenMissing.Indicator(), List.of()));

        assertThat(reading.feature()).isEqualTo(new Feature.Missing("no usable value in the record"));
    }

    // Whom

    @ParameterizedTest
    @CsvSource({"1960-03-01,66", "1960-03-02,65", "1960-03,65", "1960,65"})
    void countsAgeInCompletedYearsAlsoFromAPartialBirthDate(String birthDate, double years) {
        var evidence = read(patient(birthDate), asking(age()));

        assertThat(evidence.features().get("x")).isEqualTo(new Feature.Numeric(years));
    }

    @Test
    void hasNoAgeWithoutABirthDateOrBeforeIt() {
        var nobody = new Patient();
        nobody.setId("p");

        assertThat(read(nobody, asking(age())).features().get("x").obstacle()).isPresent();
        assertThat(read(patient("2027-01-01"), asking(age()))
                        .features()
                        .get("x")
                        .obstacle())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"1980-01-01,true", "2009-03-01,false", "2007,true", "2008,false", "2010,false"})
    void isEligibleOnlyIfEveryAgeThatThePatientCanHaveIs(String birthDate, boolean eligible) {
        var adults = new Requirements(Optional.of("age >= 18"), List.of(age()));

        assertThat(read(patient(birthDate), adults).exclusion().isEmpty()).isEqualTo(eligible);
    }

    @Test
    void saysWhyThePatientIsNotEligible() {
        var adults = new Requirements(Optional.of("age >= 18"), List.of(age()));
        var nobody = new Patient();
        nobody.setId("p");

        assertThat(read(patient("2016-01-01"), adults).exclusion()).contains("not eligible: age >= 18 (age 10)");
        assertThat(read(patient("2008"), adults).exclusion())
                .contains("not eligible: age >= 18 (the birthDate is partial: age 17 to 18)");
        assertThat(read(nobody, adults).exclusion()).contains("not eligible: age >= 18 (no birthDate, so no age)");
    }

    @Test
    void excludesTheDeceasedFromTheTimeOfDeath() {
        var dead = patient("1960-05-10").setDeceased(new BooleanType(true));
        var alive = patient("1960-05-10").setDeceased(new BooleanType(false));
        var died = patient("1960-05-10").setDeceased(new DateTimeType("2026-03-01T11:00:00Z"));
        var diedLater = patient("1960-05-10").setDeceased(new DateTimeType("2026-03-02T11:00:00Z"));

        assertThat(read(dead, asking(age())).exclusion()).contains("the patient is deceased");
        assertThat(read(alive, asking(age())).exclusion()).isEmpty();
        assertThat(read(died, asking(age())).exclusion()).contains("the patient is deceased");
        assertThat(read(diedLater, asking(age())).exclusion()).isEmpty();
    }

    @Test
    void saysThatAPatientIsNotInTheRecord() {
        var evidence = reader().read(List.of(SUBJECT), asking(systolic()), NOW);

        assertThat(evidence)
                .singleElement()
                .satisfies(nobody -> assertThat(nobody.exclusion()).contains("Patient/p is not in the record"));
    }

    @Test
    void answersInTheOrderOfTheSubjects() {
        var one = patient("1960-05-10");
        var two = new Patient().setBirthDateElement(new DateType("1990-01-01"));
        two.setId("q");

        var evidence = reader(one, two).read(List.of(Subject.patient("Patient/q"), SUBJECT), asking(age()), NOW);

        assertThat(evidence).extracting(found -> found.subject().reference()).containsExactly("Patient/q", "Patient/p");
    }

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

        var evidence = new EvidenceReader(
                        record, PATHS, UNITS, new ShippedVocabulary(ca.uhn.fhir.context.FhirContext.forR4Cached()))
                .read(record.subjects("Patient"), asking(systolic()), NOW);

        assertThat(evidence.get(0).features().get("x")).isEqualTo(new Feature.Numeric(120));
    }

    private static org.assertj.core.data.Offset<Double> within(double by) {
        return org.assertj.core.data.Offset.offset(by);
    }

    private static EvidenceReader reader(Resource... resources) {
        var bundle = new Bundle();
        Arrays.stream(resources).forEach(resource -> bundle.addEntry().setResource(resource));
        return new EvidenceReader(
                new BundleRecord(bundle, (resource, query) -> false),
                PATHS,
                UNITS,
                new ShippedVocabulary(ca.uhn.fhir.context.FhirContext.forR4Cached()));
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
        return new Input(
                "x",
                sources,
                Optional.empty(),
                new Window(Optional.empty(), Optional.empty()),
                take,
                missing,
                false,
                false,
                categories,
                Optional.empty(),
                Optional.empty());
    }

    private static Input systolic() {
        var source = new Source(
                Criteria.parse("Observation?code=" + SYSTOLIC),
                "value",
                Optional.of("mm[Hg]"),
                Optional.of(new Range(40, 300)),
                Optional.empty(),
                Optional.empty());
        return input(List.of(source), Take.LATEST, new WhenMissing.Abstain(), List.of());
    }

    private static Input within(Duration window) {
        return new Input(
                "x",
                systolic().sources(),
                Optional.empty(),
                new Window(Optional.of(window), Optional.empty()),
                Take.LATEST,
                new WhenMissing.Abstain(),
                false,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static Input number(String code, String unit) {
        var source = new Source(
                Criteria.parse("Observation?code=http://loinc.org|" + code),
                "value",
                Optional.of(unit),
                Optional.empty(),
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
                Optional.empty(),
                Optional.empty());
        var alert = new Category("alert", List.of(), List.of("alert"), List.of(), Optional.empty());
        var confusion = new Category(
                "confusion",
                List.of(new Code("http://snomed.info/sct", "130987000")),
                List.of("confused"),
                List.of(),
                Optional.empty());
        return input(List.of(source), Take.LATEST, new WhenMissing.Abstain(), List.of(alert, confusion));
    }

    private static Input age() {
        var source = new Source(
                Criteria.parse("Patient"),
                "age",
                Optional.of("a"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
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

    private static Input yesNo(String from) {
        var source = new Source(
                Criteria.parse(from), "true", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return input(List.of(source), Take.LATEST, new WhenMissing.Abstain(), Category.NO_YES);
    }
}
