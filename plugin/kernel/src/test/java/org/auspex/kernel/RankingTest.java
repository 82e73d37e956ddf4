package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.evidence.Reading;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.findings.Findings;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Ranking;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that puts three diagnoses in order. */
class RankingTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final String OUTPUT = """
            outputs:
              - name: diagnosis
                kind: ranking
                display: Diagnosis
                top: 2
                choices:
                  - {choice: rhinitis, outcome: {system: http://hl7.org/fhir/sid/icd-10, code: J30.4, display: Allergic rhinitis}, column: R}
                  - {choice: pneumonia, outcome: {system: http://hl7.org/fhir/sid/icd-10, code: J18.9, display: Pneumonia}}
                  - {choice: diarrhoea, outcome: {system: http://hl7.org/fhir/sid/icd-10, code: K52.9, display: Diarrhoea}}
            """;

    @TempDir
    private Path root;

    @Test
    void putsTheChoicesInOrderWithWhatSpeaksForAndAgainstEach() throws IOException, CardRefused {
        try (var model = Kernel.loader().load(card("choices.pt", OUTPUT))) {
            var ranking = (Ranking) model.outcomes(List.of(features(1, 2))).get(0);

            assertThat(names(ranking.ranked())).containsExactly("pneumonia", "rhinitis", "diarrhoea");
            assertThat(names(ranking.top())).containsExactly("pneumonia", "rhinitis");
            assertThat(ranking.value().orElseThrow()).isCloseTo(probability(2, 1, 0), within(1e-6));
            var first = ranking.top().get(0).evidence();
            assertThat(first).extracting(Contribution::input).containsExactly("a", "b");
            assertThat(first.get(0).amount())
                    .isCloseTo(100 * (probability(2, 1, 0) - probability(2, 0, 0)), within(1e-4));
            assertThat(first.get(1).amount())
                    .isCloseTo(100 * (probability(2, 1, 0) - probability(0, 1, 0)), within(1e-4));
        }
    }

    @Test
    void weighsNoInputThatIsMissing() throws IOException, CardRefused {
        var values = new LinkedHashMap<String, Feature>();
        values.put("a", new Feature.Numeric(3));
        values.put("b", new Feature.Missing("not in the record"));

        try (var model = Kernel.loader().load(card("choices.pt", OUTPUT))) {
            var rankings = model.outcomes(List.of(features(1, 2), new Features(values), features(0, 0)));

            var second = (Ranking) rankings.get(1);
            assertThat(second.top().get(0).choice().name()).isEqualTo("rhinitis");
            assertThat(second.top().get(0).evidence())
                    .extracting(Contribution::input)
                    .containsExactly("a");
            assertThat(names(((Ranking) rankings.get(2)).ranked()))
                    .as("of equals the first in the card")
                    .containsExactly("rhinitis", "pneumonia", "diarrhoea");
        }
    }

    @Test
    void ranksNothingForASubjectOfWhomNothingIsKnown() throws IOException, CardRefused {
        var values = new LinkedHashMap<String, Feature>();
        values.put("a", new Feature.Missing("not in the record"));
        values.put("b", new Feature.Missing("not in the record"));

        try (var model = Kernel.loader().load(card("choices.pt", OUTPUT))) {
            assertThat(model.outcomes(List.of(new Features(values), features(1, 2))))
                    .satisfiesExactly(
                            first -> assertThat(first.kind()).isEqualTo("abstained"),
                            second -> assertThat(second.kind()).isEqualTo("ranking"));
        }
    }

    @Test
    void writesARiskAssessmentWithTheCodesAndTheReasons() throws IOException, CardRefused {
        try (var model = Kernel.loader().load(card("choices.pt", OUTPUT))) {
            var outcome = model.outcomes(List.of(features(1, 2))).get(0);

            var risk = (RiskAssessment)
                    new Findings(model.card()).of(evidence(), outcome, NOW).result();

            assertThat(risk.getPrediction())
                    .extracting(one -> one.getOutcome().getCodingFirstRep().getCode())
                    .containsExactly("J18.9", "J30.4");
            assertThat(risk.getPrediction())
                    .extracting(one -> one.getProbabilityDecimalType().getValueAsString())
                    .containsExactly("66.5", "24.5");
            assertThat(risk.getPrediction().get(0).getRationale())
                    .isEqualTo(
                            "order|1.0.0, place 1 of 3 from 2 of 2 inputs; for it: b 2 (second word) +45.3; against it: a 1 -12.2");
            assertThat(risk.getPrediction().get(1).getRationale()).contains("for it: a 1 +", "against it: b 2");
            assertThat(risk.getBasisFirstRep().getReference()).isEqualTo("Observation/1/_history/2");
            assertThat(risk.getStatus()).isEqualTo(RiskAssessment.RiskAssessmentStatus.PRELIMINARY);
        }
    }

    @Test
    void refusesNumbersThatAreNoProbabilitiesTogether() throws IOException, CardRefused {
        try (var model = Kernel.loader().load(card("wrong-shape.pt", OUTPUT))) {
            assertThatThrownBy(() -> model.outcomes(List.of(features(9, 9))))
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessageContaining("add up to 1");
        }
    }

    @Test
    void comparesGoldenCasesByOrderAndProbability() throws IOException, CardRefused {
        var folder = card("choices.pt", OUTPUT);
        golden(folder, "{\"pneumonia\": 0.66524, \"rhinitis\": 0.24473}");
        Kernel.loader().load(folder).close();

        golden(folder, "{\"rhinitis\": 0.24473, \"pneumonia\": 0.66524}");
        assertThat(problems(folder))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("ranks [pneumonia, rhinitis]"));
        golden(folder, "{\"pneumonia\": 0.7, \"rhinitis\": 0.24473}");
        assertThat(problems(folder))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("pneumonia is 0.665", "the case says 0.7"));
    }

    @Test
    void saysWhatIsWrongWithARanking() throws IOException {
        assertThat(refused(OUTPUT.replace("    top: 2\n", ""))).contains("a ranking has no top");
        assertThat(refused(OUTPUT.replace("top: 2", "top: 4"))).contains("there are only 3 choices");
        assertThat(refused(OUTPUT.replace("choice: pneumonia", "choice: rhinitis")))
                .contains("choice 'rhinitis' is there twice");
        assertThat(refused(OUTPUT.replace("J18.9", "J30.4")))
                .contains("'http://hl7.org/fhir/sid/icd-10|J30.4' is the code of two choices");
        assertThat(refused(OUTPUT.replace("    top: 2\n", "    top: 2\n    bands: [{risk: high}]\n")))
                .contains("a ranking is about its choices and has no bands");
        assertThat(refused(OUTPUT.replace("kind: ranking", "kind: probability")))
                .contains("only a ranking has top", "only a ranking has choices");
    }

    private List<String> refused(String output) throws IOException {
        return problems(card("choices.pt", output)).stream().map(Problem::what).toList();
    }

    private static List<Problem> problems(Path folder) {
        return catchThrowableOfType(CardRefused.class, () -> Kernel.loader().load(folder))
                .problems();
    }

    private static List<String> names(List<Ranking.Ranked> ranked) {
        return ranked.stream().map(one -> one.choice().name()).toList();
    }

    private static double probability(double own, double... others) {
        var sum = Math.exp(own);
        for (var other : others) {
            sum += Math.exp(other);
        }
        return Math.exp(own) / sum;
    }

    private static Features features(double a, double b) {
        var values = new LinkedHashMap<String, Feature>();
        values.put("a", new Feature.Numeric(a));
        values.put("b", new Feature.Numeric(b));
        return new Features(values);
    }

    private static Evidence evidence() {
        return new Evidence(
                Subject.patient("Patient/p"),
                NOW,
                Optional.empty(),
                List.of(
                        reading("a", 1, "Observation/1/_history/2", List.of()),
                        reading("b", 2, "Observation/3/_history/1", List.of("second word"))));
    }

    private static Reading reading(String input, double value, String reference, List<String> notes) {
        return new Reading(
                input, new Feature.Numeric(value), List.of(new Piece(input, reference, value + "@2026")), notes);
    }

    private static void golden(Path folder, String ranking) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("golden")).resolve("01.json"),
                "{\"inputs\": {\"a\": 1, \"b\": 2}, \"outcome\": {\"ranking\": %s}, \"tolerance\": {\"absolute\": 0.0001, \"because\": \"five digits\"}}"
                        .formatted(ranking));
    }

    private Path card(String weights, String output) throws IOException {
        var folder = TorchModel.write(root, "order", weights);
        var card = folder.resolve("model.yaml");
        var text = Files.readString(card);
        Files.writeString(card, text.substring(0, text.indexOf("outputs:")) + output);
        return folder;
    }
}
