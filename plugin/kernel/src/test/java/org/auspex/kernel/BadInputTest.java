package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.Reading;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.model.CardRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words a user gets when a record holds what the shipped scores cannot use; the table is in docs/safety.md. */
class BadInputTest {

    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final String MASS = "'system': 'http://unitsofmeasure.org'";
    private static final String BORN = "'birthDate': '1960-05-01'";

    // Two troponins from different assays

    @Test
    void twoTroponinsOfDifferentAssaysAreNotCompared() throws CardRefused {
        var second = read(
                "troponin-0-1h",
                "troponin1h",
                troponin("67151-1", "2026-01-15T10:30:00Z", ""),
                troponin("89579-7", "2026-01-15T11:30:00Z", ", 'method': {'text': 'hs-cTnI Architect'}"));

        assertThat(second.feature().obstacle())
                .contains("its code is 89579-7, that of troponin0h 67151-1; two that were measured otherwise cannot be"
                        + " compared");
    }

    @Test
    void twoTroponinsByDifferentMethodsAreNotCompared() throws CardRefused {
        var second = read(
                "troponin-0-1h",
                "troponin1h",
                troponin("89579-7", "2026-01-15T10:30:00Z", ", 'method': {'text': 'hs-cTnI Architect'}"),
                troponin("89579-7", "2026-01-15T11:30:00Z", ", 'method': {'text': 'hs-cTnI Access'}"));

        assertThat(second.feature().obstacle())
                .contains("its method is hs-cTnI Access, that of troponin0h hs-cTnI Architect; two that were measured"
                        + " otherwise cannot be compared");
    }

    @Test
    void aTroponinWhoseAssayNobodyNamesAsksForTheSetting() throws CardRefused {
        var assay = read("troponin-0-1h", "assay", troponin("89579-7", "2026-01-15T11:30:00Z", ""));

        assertThat(assay.feature()).extracting("category").isEqualTo("site");
    }

    // A percentage stored as a fraction

    @Test
    void aSaturationStoredAsAFractionIsRefusedWithBothWaysToSendIt() throws CardRefused {
        assertThat(saturation("0.97", "%").feature().obstacle())
                .contains(
                        "0.97 % is outside of the plausible range 30 to 100; it looks like a fraction: send 97 with the"
                                + " unit %, or 0.97 with the unit 1");
    }

    @Test
    void aFractionThatSaysSoIsRead() throws CardRefused {
        assertThat(saturation("0.97", "1").feature()).isEqualTo(new Feature.Numeric(97));
    }

    // An eGFR reported as ">90"

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'valueQuantity': {'value': 90, 'comparator': '>', UCUM, 'code': 'mL/min/{1.73_m2}'}",
                "'valueString': '>90 mL/min/{1.73_m2}'",
                "'valueString': '> 90 mL/min/1.73m2'"
            })
    void anEgfrAboveNinetyIsUsedAtItsBoundAndTheResultSaysSo(String value) throws CardRefused {
        var egfr = read("prevent", "reportedEgfr", observation("98979-8", value));

        assertThat(egfr.feature()).isEqualTo(new Feature.Numeric(90));
        assertThat(egfr.notes()).contains("reported as >90, used at the bound");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            >90                | >90 has no unit; mL/min/{1.73_m2} is expected
            normal             | 'normal' is no number; one in mL/min/{1.73_m2} is expected
            90 to 120          | unit 'to 120' is no UCUM unit; mL/min/{1.73_m2} is expected
            <15 mL/min/{1.73_m2} extra | unit 'mL/min/{1.73_m2} extra' is no UCUM unit; mL/min/{1.73_m2} is expected
            """)
    void anEgfrInWordsThatSayTooLittleIsRefused(String text, String words) throws CardRefused {
        var egfr = read("prevent", "reportedEgfr", observation("98979-8", "'valueString': '%s'".formatted(text)));

        assertThat(egfr.feature().obstacle()).contains(words);
    }

    // Sex other or unknown

    @ParameterizedTest
    @ValueSource(strings = {"score2", "prevent"})
    void aSexThatTheEquationsDoNotKnowIsRefusedByItsName(String model) throws CardRefused {
        for (var sex : List.of("other", "unknown")) {
            assertThat(readOf(patient(BORN + ", 'gender': '" + sex + "'"), model, "sex")
                            .feature()
                            .obstacle())
                    .contains(
                            "'http://hl7.org/fhir/administrative-gender|%s' is none of the answers [female, male]; their"
                                            .formatted(sex)
                                    + " codes are on the model's page");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"score2", "prevent"})
    void aSexThatNobodyRecordedIsMissing(String model) throws CardRefused {
        assertThat(readOf(patient(BORN), model, "sex").feature().obstacle()).contains("no usable value in the record");
    }

    // A smoker coded three ways, and more

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~'valueCodeableConcept': {'coding': [{'system': 'http://loinc.org', 'code': 'LA18976-3'}]}~        | yes
            ~'valueCodeableConcept': {'coding': [{'system': 'http://snomed.info/sct', 'code': '77176002'}]}~   | yes
            ~'valueCodeableConcept': {'text': 'Current smoker'}~                                               | yes
            ~'valueString': 'smoker'~                                                                          | yes
            ~'valueCodeableConcept': {'coding': [{'system': 'http://snomed.info/sct', 'code': '8517006'}]}~    | no
            ~'valueString': 'Never smoker'~                                                                    | no
            """)
    void aSmokerIsASmokerHoweverItIsCoded(String value, String smokes) throws CardRefused {
        for (var model : List.of("score2", "prevent", "heart", "timi-ua-nstemi")) {
            assertThat(read(model, "smoker", observation("72166-2", value)).feature())
                    .as(model)
                    .extracting("category")
                    .isEqualTo(smokes);
        }
    }

    @Test
    void aSmokerByDiagnosisIsOneForTheChestPainScores() throws CardRefused {
        var dependence = "{'resourceType': 'Condition', 'id': 'c', 'subject': {'reference': 'Patient/p1'}, 'code':"
                + " {'coding': [{'system': 'http://hl7.org/fhir/sid/icd-10-cm', 'code': 'F17.210'}]}}";

        for (var model : List.of("heart", "timi-ua-nstemi")) {
            assertThat(read(model, "smoker", dependence).feature())
                    .extracting("category")
                    .isEqualTo("yes");
        }
    }

    @Test
    void anAnswerAboutSmokingThatSaysNothingIsRefusedByItsCode() throws CardRefused {
        var unknown = observation(
                "72166-2", "'valueCodeableConcept': {'coding': [{'system': 'http://loinc.org', 'code': 'LA18979-7'}]}");

        assertThat(read("prevent", "smoker", unknown).feature().obstacle())
                .contains(
                        "'http://loinc.org|LA18979-7' is none of the answers [no, yes]; their codes are on the model's"
                                + " page");
    }

    // A negative time

    @Test
    void aNegativeTimeSinceTheOnsetIsRefused() throws CardRefused {
        var onset = observation("x", "'valueQuantity': {'value': -2, UCUM, 'code': 'h'}")
                .replace("http://loinc.org", "https://auspex-fhir.org/fhir/CodeSystem/measurement")
                .replace("'x'", "'chest-pain-onset-hours'");

        assertThat(read("troponin-0-1h", "onsetHours", onset).feature().obstacle())
                .contains("-2 h is outside of the plausible range 0 to 2160; correct the value or its unit");
    }

    @Test
    void aSecondTroponinBeforeTheFirstIsNoSecond() throws CardRefused {
        var second = read("troponin-0-1h", "troponin1h", troponin("67151-1", "2026-01-15T10:30:00Z", ""));

        assertThat(second.feature().toString())
                .contains("no usable value within 6 hours, 50 minutes to 70 minutes after troponin0h");
    }

    // Words of the sentences above.

    private static Reading saturation(String value, String unit) throws CardRefused {
        return read(
                "news2",
                "oxygenSaturation",
                observation("59408-5", "'valueQuantity': {'value': %s, UCUM, 'code': '%s'}".formatted(value, unit)));
    }

    private static Reading read(String model, String input, String... resources) throws CardRefused {
        return readOf(patient(BORN + ", 'gender': 'female'"), model, input, resources);
    }

    private static Reading readOf(String patient, String model, String input, String... resources) throws CardRefused {
        var card = Kernel.cards().read(Kernel.SHIPPED.resolve(model).resolve("1.0.0"));
        var entries = Stream.concat(Stream.of(patient), Stream.of(resources))
                .map("{'resource': %s}"::formatted)
                .collect(Collectors.joining(","));
        var bundle = Kernel.bundle("{'resourceType': 'Bundle', 'type': 'collection', 'entry': [%s]}"
                .formatted(entries)
                .replace('\'', '"'));
        return Kernel.reader(bundle)
                .read(List.of(Subject.patient("Patient/p1")), card.requirements(), NOW)
                .get(0)
                .readings()
                .stream()
                .filter(reading -> reading.input().equals(input))
                .findFirst()
                .orElseThrow();
    }

    private static String patient(String says) {
        return "{'resourceType': 'Patient', 'id': 'p1', %s}".formatted(says);
    }

    private static String troponin(String loinc, String when, String more) {
        return observation(loinc, "'valueQuantity': {'value': 6, UCUM, 'code': 'ng/L'}" + more)
                .replace("2026-01-15T11:00:00Z", when);
    }

    private static String observation(String loinc, String value) {
        return ("{'resourceType': 'Observation', 'id': 'o%s', 'status': 'final', 'subject': {'reference': 'Patient/p1'},"
                        + " 'code': {'coding': [{'system': 'http://loinc.org', 'code': '%s'}]}, 'effectiveDateTime':"
                        + " '2026-01-15T11:00:00Z', %s}")
                .formatted(loinc, loinc, value.replace("UCUM", MASS));
    }
}
