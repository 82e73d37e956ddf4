package org.auspex.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.PathRule;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.ShippedVocabulary;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.outcome.Output;
import org.auspex.kernel.outcome.RiskWord;
import org.auspex.terminology.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CardReaderTest {

    private static final CardReader CARDS = reader();

    /** Lines are counted from here: model: is line 1. */
    private static final String CARD = """
            model: fever
            version: 1.0.0
            title: Fever score
            intendedUse: A test, not for patients.
            licence: {code: Apache-2.0, weights: none}
            subject: Patient
            eligible: age >= 16
            engine: {kind: scorecard}
            trigger:
              on:
                - Observation?code=http://loinc.org|8310-5
            inputs:
              - name: temperature
                from: Observation?code=http://loinc.org|8310-5
                value: value
                unit: Cel
                range: {low: 25, high: 45}
                within: PT24H
              - name: alertness
                from: Observation?code=http://loinc.org|67775-7
                value: value
                categories:
                  - {category: alert, texts: [alert]}
                  - {category: drowsy, texts: [drowsy]}
            outputs:
              - name: fever
                kind: score
                code: http://loinc.org|1234-5
                display: Fever
                bands:
                  - {below: 2, risk: low}
                  - {risk: high}
            scorecard:
              source: none
              items:
                - item: heat
                  input: temperature
                  points:
                    - {to: 38, points: 0}
                    - {points: 3}
                - item: mind
                  input: alertness
                  points: {alert: 0, drowsy: 2}
            """;

    @TempDir
    private Path folder;

    @Test
    void readsACard() throws IOException, CardRefused {
        var card = CARDS.read(write(CARD));

        assertThat(card.id()).isEqualTo(new ModelId("fever", "1.0.0"));
        assertThat(card.requirements().eligible()).contains("age >= 16");
        assertThat(card.requirements().inputs())
                .extracting(input -> input.name())
                .containsExactly("temperature", "alertness");
        assertThat(card.requirements().inputs().get(0).take()).isEqualTo(Take.LATEST);
        assertThat(card.output().kind()).isEqualTo(Output.Kind.SCORE);
        assertThat(card.output().bands()).extracting(band -> band.risk()).containsExactly(RiskWord.LOW, RiskWord.HIGH);
        assertThat(card.rollout()).isEqualTo(Rollout.ACTIVE);
    }

    @Test
    void reportsEverythingThatIsWrongAtOnceInTheOrderOfTheLines() throws IOException {
        var problems = problems(CARD.replace("subject: Patient", "subject: Person")
                .replace("unit: Cel", "unit: celsiuss")
                .replace("{low: 25, high: 45}", "{low: 45, high: 25}")
                .replace("input: alertness", "input: alertnes"));

        assertThat(problems).extracting(Problem::line).isSorted().containsExactly(6, 16, 17, 42);
    }

    static Stream<Arguments> wrongCards() {
        return Stream.of(
                Arguments.of(
                        "subject: 5",
                        "subject: Patient",
                        6,
                        "5 is not allowed here",
                        "Patient, Encounter, ImagingStudy or DocumentReference"),
                Arguments.of("version: 1.0", "version: 1.0.0", 2, "1.0 is not allowed here", "three numbers, such as"),
                Arguments.of(
                        "unit: celsius", "unit: Cel", 16, "'celsius' is no UCUM unit", "write a UCUM code such as"),
                Arguments.of("low: 46", "low: 25", 17, "the range's low is above its high", "swap them"),
                Arguments.of("within: 24h", "within: PT24H", 18, "\"24h\" is not allowed here", "an ISO 8601 duration"),
                Arguments.of(
                        "value: value.where(\n    unit",
                        "value: value\n    unit",
                        15,
                        "'value.where(' is no FHIRPath",
                        "mend it"),
                Arguments.of("eligible: age >=", "eligible: age >= 16", 7, "'age >=' is no FHIRPath", "mend it"),
                Arguments.of(
                        "from: Observatoin",
                        "from: Observation?code=http://loinc.org|8310-5",
                        14,
                        "'Observatoin' is no FHIR R4 resource type",
                        "write one such as Observation"),
                Arguments.of(
                        "- name: temperature",
                        "- name: alertness",
                        19,
                        "input 'temperature' is declared twice",
                        "give each a name of its own"),
                Arguments.of(
                        "- {below: 9, risk: high}",
                        "- {risk: high}",
                        32,
                        "the last band has a condition",
                        "remove its below"),
                Arguments.of(
                        "- {below: 2, risk: low}\n      - {below: 1, risk: moderate}",
                        "- {below: 2, risk: low}",
                        32,
                        "bands do not rise: 1 after 2.0",
                        "put them in rising order"),
                Arguments.of(
                        "- {risk: low}",
                        "- {below: 2, risk: low}",
                        31,
                        "a band without below is not the last",
                        "add below"),
                Arguments.of(
                        "    - Observation?code=http://loinc.org|1234-5",
                        "    - Observation?code=http://loinc.org|8310-5",
                        11,
                        "the model would trigger itself",
                        "name the codes of its inputs"),
                Arguments.of(
                        "    - Observation",
                        "    - Observation?code=http://loinc.org|8310-5",
                        11,
                        "the model would trigger itself",
                        "name the codes of its inputs"),
                Arguments.of(
                        "    - RiskAssessment",
                        "    - Observation?code=http://loinc.org|8310-5",
                        11,
                        "the model would trigger itself",
                        "name the codes of its inputs"),
                Arguments.of("input: pulse", "input: temperature", 37, "no input is called 'pulse'", "write one of"),
                Arguments.of(
                        "points: {alert: 0}",
                        "points: {alert: 0, drowsy: 2}",
                        43,
                        "category 'drowsy' has no points",
                        "add drowsy: 0"),
                Arguments.of(
                        "points: {alert: 0, drowsy: 2, dead: 9}",
                        "points: {alert: 0, drowsy: 2}",
                        43,
                        "'dead' is no category of the input",
                        "write one of [alert, drowsy]"),
                Arguments.of(
                        "positive: fever",
                        "code: http://loinc.org|1234-5",
                        26,
                        "a score has no code",
                        "add code: system|code"),
                Arguments.of(
                        "engine: {kind: pytorch}",
                        "engine: {kind: scorecard}",
                        8,
                        "the weights are not named",
                        "add file: and sha256:"));
    }

    @ParameterizedTest
    @MethodSource("wrongCards")
    void saysWhereWhatAndHowToMendIt(String wrong, String right, int line, String what, String fix) throws IOException {
        var problems = problems(CARD.replaceFirst(
                java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong)));

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.what()).contains(what);
            assertThat(problem.fix()).contains(fix);
        });
    }

    @Test
    void saysWhichLineIsNoYaml() throws IOException {
        var problems = problems(CARD.replace("title: Fever score", "title: [Fever score"));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isPositive();
            assertThat(problem.what()).startsWith("not YAML: ");
        });
    }

    @Test
    void saysThatTheCardIsMissing() {
        var refused = catchThrowableOfType(CardRefused.class, () -> CARDS.read(folder));

        assertThat(refused.problems())
                .singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("model.yaml cannot be read");
    }

    @Test
    void refusesWeightsThatAreNotThoseOfTheCard() throws IOException {
        Files.writeString(folder.resolve("model.pt"), "weights");
        var zeros = "0".repeat(64);

        var wrongHash = problems(pytorch("{kind: pytorch, file: model.pt, sha256: \"" + zeros + "\"}"));
        var noHash = problems(pytorch("{kind: pytorch, file: model.pt}"));
        var noFile = problems(pytorch("{kind: pytorch, file: other.pt, sha256: \"" + zeros + "\"}"));

        assertThat(wrongHash)
                .singleElement()
                .hasToString(
                        "line 8: model.pt has sha256 %s, the card says %s - restore the file, or if you trust it write its sha256"
                                .formatted(Sha256.of("weights"), zeros));
        assertThat(noHash).singleElement().hasToString("line 8: the weights are not named - add file: and sha256:");
        assertThat(noFile)
                .singleElement()
                .hasToString("line 8: there is no file 'other.pt' in the model's folder - put it there");
    }

    @Test
    void readsNoFileOutsideOfTheFolder() throws IOException {
        var outside = problems(pytorch("{kind: pytorch, file: ../model.pt, sha256: \"" + "0".repeat(64) + "\"}"));

        assertThat(outside).extracting(Problem::what).contains("there is no file '../model.pt' in the model's folder");
    }

    @Test
    void refusesStepsForCategories() throws IOException {
        assertThat(problems(CARD.replace("points: {alert: 0, drowsy: 2}", "points: [{to: 1, points: 0}, {points: 1}]")))
                .isNotEmpty();
    }

    @Test
    void refusesCategoriesForANumber() throws IOException {
        var problems = problems(CARD.replace("input: alertness", "input: temperature"));
        assertThat(problems).isNotEmpty();
    }

    private String pytorch(String engine) {
        return CARD.substring(0, CARD.indexOf("scorecard:\n"))
                .replace("{kind: scorecard}", engine)
                .replace("kind: score\n", "kind: probability\n");
    }

    @Test
    void saysWhatASurvivalCurveLacks() throws IOException {
        assertThat(problems(survival("times: [6, 12], unit: mo"))).anySatisfy(problem -> {
            assertThat(problem.what()).contains("has no horizons");
            assertThat(problem.fix()).contains("horizons:");
        });
        assertThat(problems(survival("times: [6, 12], unit: mo, horizons: [9]")))
                .extracting(Problem::what)
                .contains("9 is none of the curve's times");
        assertThat(problems(survival("times: [12, 6], unit: mo, horizons: [12]")))
                .extracting(Problem::what)
                .contains("6 does not come after 12.0");
        assertThat(problems(survival("times: [6, 12], unit: month, horizons: [12]")))
                .extracting(Problem::fix)
                .anySatisfy(fix -> assertThat(fix).contains("h, d, wk, mo or a"));
        assertThat(problems(survival("times: [6, 12], unit: mo, horizons: [12], horizon: P1Y")))
                .extracting(Problem::what)
                .contains("a survival curve has several horizons");
    }

    @Test
    void letsOnlyANetworkGiveASurvivalCurve() throws IOException {
        var scorecard =
                CARD.replace("kind: score\n", "kind: survival\n    times: [6]\n    unit: mo\n    horizons: [6]\n");

        assertThat(problems(scorecard)).extracting(Problem::what).contains("a scorecard gives no survival curve");
        assertThat(problems(CARD.replace("display: Fever\n", "display: Fever\n    times: [6]\n")))
                .extracting(Problem::what)
                .contains("only a survival curve has times");
    }

    private String survival(String curve) throws IOException {
        return pytorch("{kind: pytorch, file: model.pt, sha256: \"" + "0".repeat(64) + "\"}")
                .replaceFirst(
                        "(?s)outputs:.*",
                        "outputs:\n  - {name: death, kind: survival, display: Death, " + curve + "}\n");
    }

    private List<Problem> problems(String card) throws IOException {
        write(card);
        var refused = catchThrowableOfType(CardRefused.class, () -> CARDS.read(folder));
        return refused == null ? List.of() : refused.problems();
    }

    private Path write(String card) throws IOException {
        Files.writeString(folder.resolve("model.yaml"), card);
        return folder;
    }

    private static CardReader reader() {
        var fhir = FhirContext.forR4Cached();
        return new CardReader(
                new Units(),
                List.of(new PathRule(
                        fhir,
                        new Paths(fhir),
                        new ShippedVocabulary(FhirContext.forR4Cached()),
                        criteria -> Optional.empty())));
    }
}
