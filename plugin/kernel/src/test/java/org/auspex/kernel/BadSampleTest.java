package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.auspex.kernel.appraisal.Appraisal;
import org.auspex.kernel.appraisal.AppraisalFigures;
import org.auspex.kernel.appraisal.AppraisalRefused;
import org.auspex.kernel.appraisal.Appraiser;
import org.auspex.kernel.appraisal.Happened;
import org.auspex.kernel.appraisal.Sample;
import org.auspex.kernel.appraisal.Scored;
import org.auspex.kernel.appraisal.page.AppraisalPage;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evaluation.Endings;
import org.auspex.kernel.evaluation.Grouping;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ModelCard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Samples that figures cannot be taken of: each has a report that says why, in which nothing is no number, or a refusal. */
class BadSampleTest {

    private static final Bootstrap BOOTSTRAP = new Bootstrap(100, 1);

    @SuppressWarnings("NullAway.Init")
    private ModelCard network;

    @SuppressWarnings("NullAway.Init")
    private ModelCard curves;

    @BeforeEach
    void aModelOfProbabilitiesAndOneOfTimes() throws CardRefused {
        network = Kernel.cards().read(Kernel.SHIPPED.resolve("coronary-disease/1.0.0"));
        curves = Kernel.cards().read(Kernel.SHIPPED.resolve("survival-gbsg/1.0.0"));
    }

    @Test
    void aCohortOfOneHasNoIntervals() throws JsonProcessingException {
        assertThat(report(probabilities(1, row -> 0.3, row -> true))
                        .at("/brierScore/undefined")
                        .asText())
                .isEqualTo("One person alone cannot be resampled");
        assertThat(report(times(1, row -> 0.3, row -> 12, row -> true))
                        .at("/concordanceIndex/undefined")
                        .asText())
                .isEqualTo("No row outlasted an event, so there is nothing to compare");
    }

    @Test
    void manyRowsOfOnePersonHaveNoIntervalsEither() throws JsonProcessingException {
        var sample = probabilities(20, row -> 0.04 * row, row -> row % 2 == 0);
        var one = new Sample(
                sample.source(),
                sample.leftOut(),
                sample.features(),
                sample.missing(),
                sample.scored(),
                sample.happened(),
                List.of(),
                Collections.nCopies(20, "Patient/1"),
                Optional.empty());

        var auroc = report(one).path("auroc");

        assertThat(auroc.path("value").isNumber()).isTrue();
        assertThat(auroc.path("undefined").asText()).isEqualTo("One person alone cannot be resampled");
    }

    @Test
    void withoutEventsNothingIsRanked() throws JsonProcessingException {
        var judged = report(probabilities(30, row -> 0.03 * row, row -> false));
        var followed = report(times(30, row -> 0.03 * row, row -> row, row -> false));

        assertThat(judged.at("/auroc/undefined").asText()).isEqualTo("No row is positive");
        assertThat(judged.at("/expectedToObserved/undefined").asText()).isEqualTo("No row is positive");
        assertThat(judged.path("cautions").toString()).contains("0 of the 30 rows had the event");
        assertThat(followed.at("/concordanceIndex/undefined").asText()).isNotBlank();
        assertThat(followed.at("/horizons/0/calibrationSlope/undefined").asText())
                .isEqualTo("Nobody had the event by 24.0");
        assertThat(followed.at("/horizons/0/observedRisk/value").asDouble()).isZero();
    }

    @Test
    void whereEverybodyHadTheEventNothingIsRanked() throws JsonProcessingException {
        var judged = report(probabilities(30, row -> 0.03 * row, row -> true));
        var followed = report(times(30, row -> 0.03 * row, row -> 1, row -> true));

        assertThat(judged.at("/auroc/undefined").asText()).isEqualTo("No row is negative");
        assertThat(judged.at("/calibrationSlope/undefined").asText()).isEqualTo("No row is negative");
        assertThat(judged.at("/expectedToObserved/value").isNumber()).isTrue();
        assertThat(followed.at("/concordanceIndex/undefined").asText())
                .isEqualTo("No row outlasted an event, so there is nothing to compare");
        assertThat(followed.at("/horizons").isMissingNode()).isFalse();
    }

    @Test
    void whereEverybodyDiedFirstNobodyHadTheEvent() throws JsonProcessingException {
        var ended = new Endings(new double[30], new boolean[30], all(30));

        var report = report(sample(curves, 30, row -> curve(0.03 * row), Happened.beside(ended)));

        assertThat(report.path("competingEvents").asInt()).isEqualTo(30);
        assertThat(report.path("events").asInt()).isZero();
        assertThat(report.at("/horizons/0/observedRisk/undefined").asText())
                .isEqualTo("Nobody was followed up to 24.0");
    }

    @Test
    void tiedScoresCountOneHalf() throws JsonProcessingException {
        var judged = report(probabilities(40, row -> row < 20 ? 0.2 : 0.6, row -> row % 2 == 0));

        assertThat(judged.at("/auroc/value").asDouble()).isEqualTo(0.5);
        assertThat(judged.path("calibrationCurve").size()).isEqualTo(2);
    }

    @Test
    void eventsAtOneTimeAreNoPair() throws JsonProcessingException {
        var followed = report(times(30, row -> 0.03 * row, row -> 12, row -> row % 2 == 0));

        // Each of the 15 with the event was outlasted by the 15 who were censored then, and by nobody else.
        assertThat(followed.path("comparablePairs").asInt()).isEqualTo(15 * 15);
        assertThat(followed.at("/riskGroups/groups/0/free/3/value").isNumber()).isTrue();
    }

    @Test
    void constantPredictionsRankNothingAndHaveNoSlope() throws JsonProcessingException {
        var judged = report(probabilities(30, row -> 0.3, row -> row % 3 == 0));
        var followed = report(times(30, row -> 0.3, row -> 1 + row, row -> row % 3 == 0));

        assertThat(judged.at("/auroc/value").asDouble()).isEqualTo(0.5);
        assertThat(judged.at("/calibrationSlope/undefined").asText()).isEqualTo("All predictions are equal");
        assertThat(judged.path("calibrationCurve").size()).isEqualTo(1);
        assertThat(followed.at("/concordanceIndex/value").asDouble()).isEqualTo(0.5);
        assertThat(followed.at("/horizons/0/calibrationSlope/undefined").asText())
                .isEqualTo("All predictions are equal");
        assertThat(followed.at("/riskGroups/groups").size()).isEqualTo(1);
    }

    @Test
    void certaintiesThatAreWrongAreJudged() throws JsonProcessingException {
        var judged = report(probabilities(30, row -> row % 2, row -> row % 3 == 0));

        assertThat(judged.at("/brierScore/value").isNumber()).isTrue();
        assertThat(judged.at("/calibrationSlope/value").isNumber()).isTrue();
    }

    @Test
    void aSubgroupOfThreeIsShownAndNotCompared() throws JsonProcessingException {
        var sample = probabilities(60, row -> 0.015 * row, row -> row % 2 == 0);
        var sorted = new Sample(
                sample.source(),
                sample.leftOut(),
                sample.features(),
                sample.missing(),
                sample.scored(),
                sample.happened(),
                List.of(new Grouping("sex", names(60, row -> row < 3 ? "other" : "male"))),
                sample.people(),
                Optional.empty());

        var three = report(sorted).at("/subgroups/1");

        assertThat(three.path("group").asText()).isEqualTo("other");
        assertThat(three.path("rows").asInt()).isEqualTo(3);
        assertThat(three.at("/AUROC/notCompared").asText())
                .isEqualTo("Fewer than 10 rows with the event, or without it");
        assertThat(three.path("worseBeyondChance").asBoolean()).isFalse();
    }

    @Test
    void whereEverythingIsMissingItSaysWhatIs() {
        var rows = IntStream.range(0, 5)
                .mapToObj(row ->
                        new Scored(Optional.empty(), false, List.of(), "age", "age: the patient has no birth date"))
                .toList();
        var sample = new Sample(
                "a table",
                Map.of(),
                Collections.nCopies(5, nothing(network)),
                Map.of("age", 5),
                rows,
                Happened.atAll(new boolean[5]),
                List.of(),
                names(5, String::valueOf),
                Optional.empty());

        assertThatThrownBy(() -> appraise(network, sample))
                .isInstanceOf(AppraisalRefused.class)
                .hasMessage(
                        "The model abstained on every row, first because of: {age=row 1: age: the patient has no birth date}");
    }

    @Test
    void aNegativeTimeAndAProbabilityThatIsNoneAreRefusedByTheirRows() {
        assertThatThrownBy(() -> appraise(curves, times(3, row -> 0.1 * row, row -> row - 1, row -> true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot evaluate: row 1: a time is 0 or more, not -1.0");
        assertThatThrownBy(() -> appraise(network, probabilities(2, row -> Double.NaN, row -> true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1: a probability lies between 0 and 1, not at NaN");
    }

    private Appraisal appraise(ModelCard card, Sample sample) {
        return new Appraiser(card, Optional.empty(), Optional.empty(), BOOTSTRAP).of(sample);
    }

    /** The figures, of which each is a number or says why not, as the page does. */
    private JsonNode report(Sample sample) throws JsonProcessingException {
        var card = sample.happened().endings().isPresent() ? curves : network;
        var appraisal = appraise(card, sample);
        var json = new ObjectMapper().writeValueAsString(AppraisalFigures.of(appraisal));
        assertThat(json).doesNotContain("NaN", "Infinity");
        assertThat(new AppraisalPage(appraisal, "a test", "now").html()).doesNotContain("NaN", "Infinity");
        return new ObjectMapper().readTree(json);
    }

    private Sample probabilities(int rows, IntFunction<Number> probability, IntFunction<Boolean> event) {
        return sample(
                network,
                rows,
                row -> new Scored(Optional.of(probability.apply(row).doubleValue()), true, List.of(), "", ""),
                Happened.atAll(flags(rows, event)));
    }

    private Sample times(int rows, IntFunction<Number> risk, IntFunction<Number> time, IntFunction<Boolean> event) {
        var times = IntStream.range(0, rows)
                .mapToDouble(row -> time.apply(row).doubleValue())
                .toArray();
        return sample(
                curves, rows, row -> curve(risk.apply(row).doubleValue()), Happened.in(times, flags(rows, event)));
    }

    private static Sample sample(ModelCard card, int rows, IntFunction<Scored> scored, Happened happened) {
        return new Sample(
                "a table",
                Map.of(),
                Collections.nCopies(rows, nothing(card)),
                Map.of(),
                IntStream.range(0, rows).mapToObj(scored).toList(),
                happened,
                List.of(),
                names(rows, String::valueOf),
                Optional.empty());
    }

    /** The same risk in each unit of time. */
    private Scored curve(double risk) {
        var times = curves.output().followUp().orElseThrow().times();
        var free = times.stream().map(time -> Math.exp(-risk * time / 100)).toList();
        return new Scored(Optional.of(risk), false, free, "", "");
    }

    private static Features nothing(ModelCard card) {
        var missing = new HashMap<String, Feature>();
        card.requirements().inputs().stream()
                .map(Input::name)
                .forEach(input -> missing.put(input, new Feature.Missing("not measured")));
        return new Features(missing);
    }

    private static boolean[] flags(int rows, IntFunction<Boolean> flag) {
        var flags = new boolean[rows];
        IntStream.range(0, rows).forEach(row -> flags[row] = flag.apply(row));
        return flags;
    }

    private static boolean[] all(int rows) {
        return flags(rows, row -> true);
    }

    private static List<String> names(int rows, IntFunction<String> name) {
        return IntStream.range(0, rows).mapToObj(name).toList();
    }
}
