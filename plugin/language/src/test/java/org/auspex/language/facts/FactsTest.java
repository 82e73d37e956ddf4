package org.auspex.language.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.auspex.language.text.Lines;
import org.auspex.language.text.SectionKind;
import org.auspex.terminology.Code;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.CodeSystem;
import org.junit.jupiter.api.Test;

class FactsTest {

    private final Facts facts = new Facts(List.of(new StarterVocabulary()));

    @Test
    void findsProblemsWithTheirCodesAndSpans() {
        var note = "Past Medical History: hypertension and Type 2 diabetes.";

        var found = facts.of(note).facts();

        assertThat(found).extracting(fact -> fact.concept().name()).containsExactly("hypertension", "type-2-diabetes");
        assertThat(found.get(1).span().in(note)).isEqualTo("Type 2 diabetes");
        assertThat(found.get(1).concept().codes()).containsExactly(new Code("http://hl7.org/fhir/sid/icd-10", "E11"));
        assertThat(found).allSatisfy(fact -> {
            assertThat(fact.section()).isEqualTo(SectionKind.PAST_HISTORY);
            assertThat(fact.assertion()).isEqualTo(Assertion.HISTORICAL);
        });
    }

    @Test
    void readsTheValuesOfTests() {
        assertThat(shown("查体：T 36.5℃，P 80次/分，R 18次/分，BP 150/90mmHg。血肌酐88.5μmol/L，白细胞12.3×10^9/L，D-二聚体＜0.5mg/L。"))
                .containsExactly(
                        "temperature 36.5 Cel",
                        "pulse 80 /min",
                        "respiration 18 /min",
                        "blood-pressure 150/90 mm[Hg]",
                        "creatinine 88.5 umol/L",
                        "leukocytes 12.3 10*9/L",
                        "d-dimer <0.5 mg/L");
        assertThat(
                        shown(
                                "Blood pressure was 162/94 mmHg. Hemoglobin A1c is 7.4%. WBC 12,300 /uL. Potassium: 4.1 mmol/L"))
                .containsExactly(
                        "blood-pressure 162/94 mm[Hg]",
                        "haemoglobin-a1c 7.4 %",
                        "leukocytes 12300 /uL",
                        "potassium 4.1 mmol/L");
    }

    @Test
    void readsDosesAndFrequencies() {
        assertThat(shown("Takes lisinopril 20 mg daily and metformin 500 mg twice a day."))
                .containsExactly("lisinopril 20 mg QD", "metformin 500 mg BID");
        assertThat(shown("口服阿司匹林肠溶片100mg 每日1次，二甲双胍0.5g 每日三次。"))
                .containsExactly("aspirin 100 mg QD", "metformin 0.5 g TID");
    }

    @Test
    void givesSideAndSite() {
        var found = facts.of("Swelling of the left knee, no rash on the right arm. 右下肢水肿，左肩关节痛。")
                .facts();

        assertThat(found.get(0).side()).contains(Side.LEFT);
        assertThat(found.get(0).site()).map(Concept::name).contains("knee");
        assertThat(found.get(1).side()).contains(Side.RIGHT);
        assertThat(found.get(1).assertion()).isEqualTo(Assertion.NEGATED);
        assertThat(found.get(2).side()).contains(Side.RIGHT);
        assertThat(found.get(2).site()).map(Concept::name).contains("leg");
        assertThat(found.get(3).side()).contains(Side.LEFT);
    }

    @Test
    void findsTimesAndReadsNoDateThatMeansTwoDays() {
        var note =
                "2024年3月5日入院，3天前胸痛，2019年行手术。Seen March 3, 2024 and 2024-04-07, not 03/04/2024, but 13/04/2024. Began two weeks ago. 2023-02-31.";

        assertThat(facts.of(note).times())
                .extracting(TimeMention::time)
                .containsExactly("2024-03-05", "-P3D", "2019", "2024-03-03", "2024-04-07", "2024-04-13", "-P2W");
    }

    @Test
    void readsTraditionalCharacters() {
        var found = facts.of("主訴：胸悶、頭痛三日。\n過去病史：高血壓。").facts();

        assertThat(found)
                .extracting(fact -> fact.concept().name())
                .containsExactly("chest-tightness", "headache", "hypertension");
    }

    @Test
    void takesWordsFromASitesCodeSystem() {
        var system = new CodeSystem().setUrl("http://example.org/words");
        system.addConcept()
                .setCode("X1")
                .setDisplay("Kawasaki disease")
                .addDesignation()
                .setValue("川崎病");
        var withSite = new Facts(List.of(new StarterVocabulary(), new CodeSystemVocabulary(FactKind.PROBLEM, system)));

        assertThat(withSite.of("考虑川崎病。").facts()).singleElement().satisfies(fact -> {
            assertThat(fact.concept().codes()).containsExactly(new Code("http://example.org/words", "X1"));
            assertThat(fact.assertion()).isEqualTo(Assertion.UNCERTAIN);
        });
    }

    @Test
    void givesUnitsThatUcumKnows() {
        var units = new Units();

        assertThat(Lines.of(Quantities.class, "units.tsv"))
                .allSatisfy(columns ->
                        assertThat(units.problem(columns[1])).as(columns[0]).isEmpty());
    }

    @Test
    void namesEveryConceptOnceAndTestsByCodesWithTrueCheckDigits() {
        var concepts = new StarterVocabulary()
                .terms()
                .map(Vocabulary.Term::concept)
                .distinct()
                .toList();

        assertThat(concepts).extracting(Concept::name).doesNotHaveDuplicates();
        assertThat(concepts.stream()
                        .flatMap(concept -> concept.codes().stream())
                        .filter(code -> code.system().equals("http://loinc.org")))
                .allSatisfy(code -> assertThat(hasTrueCheckDigit(code.code()))
                        .as(code.code())
                        .isTrue());
    }

    /** LOINC's digits follow Luhn's rule. */
    private static boolean hasTrueCheckDigit(String code) {
        var digits = code.replace("-", "");
        var sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(digits.length() - 1 - i) - '0';
            var weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    private List<String> shown(String note) {
        return facts.of(note).facts().stream()
                .map(fact -> fact.concept().name()
                        + fact.measurement().map(FactsTest::shown).orElse("")
                        + fact.frequency().map(code -> " " + code).orElse(""))
                .toList();
    }

    private static String shown(Measurement measurement) {
        return " " + measurement.comparator() + measurement.value().toPlainString()
                + measurement
                        .second()
                        .map(second -> "/" + second.toPlainString())
                        .orElse("")
                + measurement.unit().map(unit -> " " + unit).orElse("");
    }
}
