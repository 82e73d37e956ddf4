package org.auspex.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.PathRule;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.ShippedVocabulary;
import org.auspex.terminology.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards that no author would show, but a hand in a hurry writes. */
class MalformedCardTest {

    private static final CardReader CARDS = reader();

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "[]",
                "{}",
                "null",
                "- a",
                "model: {}",
                "inputs: {name: x}",
                "inputs: [1, null, [a]]",
                "inputs: x",
                "outputs: {bands: []}",
                "outputs: [{bands: {below: 1}}]",
                "outputs: [x]",
                "trigger: {on: {a: b}}",
                "trigger: [a]",
                "trigger: {on: [1, {a: b}]}",
                "engine: x",
                "engine: {kind: pytorch, file: [1], sha256: {a: b}}",
                "engine: {kind: pytorch, file: \"a\\0b\", sha256: x}",
                "scorecard: {items: {a: b}}",
                "scorecard: {items: [{input: x, cases: {a: b}}]}",
                "scorecard: {items: [1]}",
                "inputs: [{name: x, from: 'Observation?code=%zz', value: value}]",
                "trigger: {on: ['Observation?code=%zz']}",
                "inputs: [{name: x, sources: {a: b}}]",
                "inputs: &a [*a]",
                "a: &a {b: *a}",
                "version: !!int abc",
                "version: !!float abc",
                "version: !foo abc",
                "? [a, b]\n: c",
                "inputs: [{name: x, within: P99999999999999999999D}]",
                "a: *b",
                "\t",
                "inputs: [{name: x, value: '', unit: ''}]",
                "version: .nan",
                "version: 99999999999999999999999"
            })
    void refusesAnyShapeOfTree(String yaml) throws IOException {
        assertThat(problems(yaml)).isNotEmpty();
    }

    @Test
    void refusesAKeyThatStandsTwice() throws IOException {
        assertThat(problems(CARD.replace("    within: PT24H\n", "    within: PT24H\n    within: P3D\n")))
                .isNotEmpty();
    }

    @Test
    void refusesADurationThatIsTooLong() throws IOException {
        assertThat(problems(CARD.replace("PT24H", "P99999999999999999999D"))).isNotEmpty();
    }

    @Test
    void refusesCriteriaThatCannotBeDecoded() throws IOException {
        assertThat(problems(
                        CARD.replace("from: Observation?code=http://loinc.org|8310-5", "from: Observation?code=%zz")))
                .isNotEmpty();
    }

    @Test
    void refusesBandsThatLeaveAHole() throws IOException {
        assertThat(problems(CARD.replace("- {risk: high}", "- {anyItem: 3, risk: high}")))
                .isNotEmpty();
    }

    @Test
    void refusesAnItemWhoseLastCaseHoldsOnlySometimes() throws IOException {
        assertThat(
                        problems(
                                CARD.replace(
                                        "points: {alert: 0, drowsy: 2}",
                                        "cases: [{when: {alertness: alert}, points: {alert: 0, drowsy: 2}}, {when: {alertness: alert}, points: {alert: 0, drowsy: 2}}]")))
                .isNotEmpty();
    }

    @Test
    void refusesAGapThatAScorecardCannotScore() throws IOException {
        assertThat(problems(CARD.replace("    within: PT24H\n", "    missing: indicator\n")))
                .isNotEmpty();
    }

    @Test
    void refusesTheMeanOfCategories() throws IOException {
        assertThat(problems(CARD.replace("    categories:\n", "    take: mean\n    categories:\n")))
                .isNotEmpty();
    }

    @Test
    void showsAnUnknownKeyOnItsOwnLine() throws IOException {
        var problems = problems(CARD.replace("title:", "titel:"));

        assertThat(problems)
                .filteredOn(problem -> problem.what().contains("'titel'"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(3);
                    assertThat(problem.fix()).startsWith("did you mean 'title'?");
                });
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
