package org.auspex.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.junit.jupiter.api.Test;

/** How far a subject is from those of the training. */
class TrainingDistanceTest {

    private static final List<TrainingDistance.Axis> TWO =
            List.of(new TrainingDistance.Axis("a", false, 100, 10), new TrainingDistance.Axis("b", false, 0, 1));
    private static final TrainingDistance DISTANCE =
            new TrainingDistance(TWO, List.of(List.of(1.0, 0.9), List.of(0.9, 1.0)), 3);

    @Test
    void theScoreIsThatOfTheFormula() {
        // Standardised 1 and -1 with correlation 0.9: squared distance (1 + 1 + 1.8) / (1 - 0.81) = 20, of two.
        var score = DISTANCE.score(features(Map.of("a", 110.0, "b", -1.0))).orElseThrow();

        assertThat(score.number()).isCloseTo((Math.cbrt(10) - 8.0 / 9) / Math.sqrt(1.0 / 9), within(1e-12));
        assertThat(score.isBeyond()).isTrue();
        assertThat(score.known()).isEqualTo(2);
    }

    @Test
    void valuesThatGoTogetherAreNearThoughEachIsFar() {
        var together = DISTANCE.score(features(Map.of("a", 125.0, "b", 2.5))).orElseThrow();
        var apart = DISTANCE.score(features(Map.of("a", 125.0, "b", -2.5))).orElseThrow();

        assertThat(together.number()).isLessThan(2.5);
        assertThat(apart.number()).isGreaterThan(9);
    }

    @Test
    void whatIsMissingIsLeftOutAndTheScaleStays() {
        var alone = DISTANCE.score(features(Map.of("b", -1.0))).orElseThrow();

        assertThat(alone.number()).isCloseTo((1 - 7.0 / 9) / Math.sqrt(2.0 / 9), within(1e-12));
        assertThat(DISTANCE.score(features(Map.of()))).isEmpty();
        assertThat(DISTANCE.score(new Features(Map.of("a", new Feature.Missing("not measured")))))
                .isEmpty();
    }

    @Test
    void ofNormalRowsTheScoreIsAboutStandardNormalHoweverManyAreKnown() {
        var axes = IntStream.range(0, 6)
                .mapToObj(i -> new TrainingDistance.Axis("x" + i, false, 0, 1))
                .toList();
        var independent = IntStream.range(0, 6)
                .mapToObj(i ->
                        IntStream.range(0, 6).mapToObj(j -> i == j ? 1.0 : 0.0).toList())
                .toList();
        var distance = new TrainingDistance(axes, independent, 3);
        var random = new Random(1);

        for (var known : List.of(2, 6)) {
            var scores = IntStream.range(0, 5000)
                    .mapToDouble(row -> {
                        var values = new LinkedHashMap<String, Double>();
                        IntStream.range(0, known).forEach(i -> values.put("x" + i, random.nextGaussian()));
                        return distance.score(features(values)).orElseThrow().number();
                    })
                    .toArray();
            assertThat(IntStream.range(0, 5000)
                                    .filter(row -> scores[row] > 1.645)
                                    .count()
                            / 5000.0)
                    .isCloseTo(0.05, within(0.012));
        }
    }

    @Test
    void aMatrixThatIsNoCorrelationIsRefused() {
        assertThatThrownBy(() -> new TrainingDistance(TWO, List.of(List.of(1.0, 1.1), List.of(1.1, 1.0)), 3))
                .hasMessageContaining("positive definite");
        assertThatThrownBy(() -> new TrainingDistance(TWO, List.of(List.of(1.0, 0.5), List.of(0.1, 1.0)), 3))
                .hasMessageContaining("symmetric at b and a");
        assertThatThrownBy(() -> new TrainingDistance(TWO, List.of(List.of(1.0)), 3))
                .hasMessageContaining("2 inputs");
        assertThatThrownBy(() -> new TrainingDistance.Axis("a", false, 0, 0)).hasMessageContaining("deviation 0.0");
    }

    private static Features features(Map<String, Double> values) {
        var features = new LinkedHashMap<String, Feature>();
        values.forEach((name, value) -> features.put(name, new Feature.Numeric(value)));
        return new Features(features);
    }
}
