package org.auspex.language.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.language.text.Lines;
import org.auspex.language.text.SectionKind;
import org.auspex.terminology.Code;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
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
    void tiesAFactToTheTimeOfItsClauseIfThereIsOne() {
        var note = "患者3天前出现胸痛，2020年行阑尾切除术，2年前及1月前各发作晕厥。";

        var times = facts.of(note).facts().stream()
                .collect(Collectors.toMap(
                        fact -> fact.concept().name(),
                        fact -> fact.time().map(TimeMention::time).orElse("none")));

        assertThat(times).containsEntry("chest-pain", "-P3D").containsEntry("syncope", "none");
        assertThat(facts.of("Chest pain began 2 days ago, and no cough.").facts())
                .extracting(fact -> fact.time().map(TimeMention::time).orElse("none"))
                .containsExactly("-P2D", "none");
    }

    @Test
    void takesAStoppedDrugAsHistory() {
        assertThat(asserted("Aspirin was stopped 3 days ago.")).containsExactly("aspirin HISTORICAL");
        assertThat(asserted("He stopped taking metformin in May.")).containsExactly("metformin HISTORICAL");
        assertThat(asserted("Lisinopril was discontinued, amlodipine continued."))
                .containsExactly("lisinopril HISTORICAL", "amlodipine PRESENT");
        assertThat(asserted("阿司匹林已停用1周。")).containsExactly("aspirin HISTORICAL");
        assertThat(asserted("3天前停用华法林，现服氯吡格雷。")).containsExactly("warfarin HISTORICAL", "clopidogrel PRESENT");
        assertThat(asserted("阿司匹林未停用。")).containsExactly("aspirin PRESENT");
    }

    private List<String> asserted(String note) {
        return facts.of(note).facts().stream()
                .map(fact -> fact.concept().name() + " " + fact.assertion())
                .toList();
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
    void takesWordsAndCodesFromASitesConceptMap() {
        var map = new ConceptMap();
        var group = map.addGroup().setSource("http://example.org/house").setTarget("http://hl7.org/fhir/sid/icd-10");
        var element = group.addElement().setCode("H7").setDisplay("川崎病");
        element.addTarget()
                .setCode("M30.3")
                .setDisplay("Kawasaki syndrome")
                .setEquivalence(ConceptMapEquivalence.EQUIVALENT);
        element.addTarget().setCode("M30").setDisplay("Polyarteritis").setEquivalence(ConceptMapEquivalence.WIDER);
        var withSite = new Facts(List.of(CodeSystemVocabulary.of(FactKind.PROBLEM, map)));

        assertThat(withSite.of("考虑川崎病。").facts())
                .singleElement()
                .satisfies(fact -> assertThat(fact.concept().codes())
                        .containsExactly(
                                new Code("http://example.org/house", "H7"),
                                new Code("http://hl7.org/fhir/sid/icd-10", "M30.3")));
        assertThat(withSite.of("Kawasaki syndrome is suspected.").facts()).hasSize(1);
        assertThat(withSite.of("Polyarteritis is suspected.").facts()).isEmpty();
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

    @Test
    void writesCodesInTheFormOfTheirSystems() {
        var forms = Map.of(
                "http://hl7.org/fhir/sid/icd-10", "[A-Z][0-9]{2}(\\.[0-9])?",
                "http://www.whocc.no/atc", "[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?",
                "http://loinc.org", "[0-9]{1,5}-[0-9]");
        var codes = Stream.of(new StarterVocabulary(), new PaediatricVocabulary())
                .flatMap(Vocabulary::terms)
                .flatMap(term -> term.concept().codes().stream())
                .distinct()
                .toList();

        assertThat(codes).hasSizeGreaterThan(200).allSatisfy(code -> {
            assertThat(forms).containsKey(code.system());
            assertThat(code.code()).matches(forms.get(code.system()));
        });
    }

    @Test
    void givesChildrensWordsTheCodesOfTheSameConcepts() {
        var starter = concepts(new StarterVocabulary());

        assertThat(concepts(new PaediatricVocabulary()))
                .allSatisfy((name, codes) -> assertThat(codes).as(name).isEqualTo(starter.getOrDefault(name, codes)));
    }

    private static Map<String, List<Code>> concepts(Vocabulary vocabulary) {
        return vocabulary
                .terms()
                .collect(Collectors.toMap(
                        term -> term.concept().name(), term -> term.concept().codes(), (one, same) -> one));
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
