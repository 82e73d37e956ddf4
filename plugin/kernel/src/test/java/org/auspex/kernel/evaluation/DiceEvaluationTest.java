package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiceEvaluationTest {

    private static final Bootstrap BOOTSTRAP = new Bootstrap(400, 1);

    @Test
    void hasTheMeanAndTheMedian() {
        var even = judged(0.9, 0.2, 0.7, 0.4);
        var odd = judged(0.9, 0.2, 0.4);

        assertThat(even.mean().value().orElseThrow()).isCloseTo(0.55, within(1e-12));
        assertThat(even.median().value().orElseThrow()).isCloseTo(0.55, within(1e-12));
        assertThat(odd.median().value()).contains(0.4);
        assertThat(odd.dice()).containsExactly(0.2, 0.4, 0.9);
        assertThat(odd.people()).isEqualTo(3);
    }

    @Test
    void ofAlikeMarksOfFewPeopleTheIntervalIsThatOfThePeople() {
        var random = new Random(2);
        var ofPerson = random.doubles(20).toArray();
        var dice =
                IntStream.range(0, 200).mapToDouble(row -> ofPerson[row % 20]).toArray();

        var clustered = Evaluation.ofDice(dice, names(200, row -> "p" + row % 20), BOOTSTRAP);
        var once = Evaluation.ofDice(ofPerson, names(20, row -> "p" + row), BOOTSTRAP);

        assertThat(width(clustered.mean())).isCloseTo(width(once.mean()), within(1e-9));
        // As if the rows were of 200 people it would be narrower by the root of ten.
        assertThat(width(Evaluation.ofDice(dice, names(200, row -> "p" + row), BOOTSTRAP)
                        .mean()))
                .isLessThan(width(clustered.mean()) / 2.5);
    }

    @Test
    void ofOnePersonThereIsNoInterval() {
        var evaluation = Evaluation.ofDice(new double[] {0.5, 0.7}, List.of("p", "p"), BOOTSTRAP);

        assertThat(evaluation.mean().value().orElseThrow()).isCloseTo(0.6, within(1e-12));
        assertThat(evaluation.mean().gap()).contains("One person alone cannot be resampled");
        assertThat(evaluation.people()).isEqualTo(1);
    }

    @Test
    void whereAllAgreeTheIntervalHasNoWidth() {
        var evaluation = judged(1, 1, 1, 1);

        assertThat(evaluation.median()).isEqualTo(new Figure.Estimate(1, new Interval(1, 1, 400, 0)));
    }

    @Test
    void refusesWhatIsNoCoefficient() {
        assertThatThrownBy(() -> judged(0.5, 1.2, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot evaluate: row 2: a Dice coefficient lies between 0 and 1, not at 1.2; "
                        + "row 3: a Dice coefficient lies between 0 and 1, not at NaN");
    }

    @Test
    void warnsOfAGroupWhoseMarksAgreeLess() {
        var random = new Random(3);
        var dice = IntStream.range(0, 200)
                .mapToDouble(row -> (row % 2 == 0 ? 0.6 : 0.8) + 0.1 * random.nextDouble())
                .toArray();
        var by = new Grouping("sex", names(200, row -> row % 2 == 0 ? "female" : "male"));

        var subgroups = Subgroups.ofDice(dice, names(200, row -> "p" + row), List.of(by), BOOTSTRAP);

        assertThat(subgroups.groups()).extracting(Subgroup::isWorse).containsExactly(true, false);
        assertThat(subgroups.groups().get(0).events()).isEmpty();
    }

    @Test
    void doesNotCompareAGroupOfThreePeopleHoweverManyMarksTheyHave() {
        var dice =
                IntStream.range(0, 90).mapToDouble(row -> row < 60 ? 0.1 : 0.9).toArray();
        var by = new Grouping("sex", names(90, row -> row < 60 ? "other" : "male"));

        var subgroups =
                Subgroups.ofDice(dice, names(90, row -> row < 60 ? "p" + row % 3 : "q" + row), List.of(by), BOOTSTRAP);

        var other = subgroups.groups().get(1);
        assertThat(other.name()).isEqualTo("other");
        assertThat(other.isWorse()).isFalse();
        assertThat(other.figures().get(0).notCompared()).contains("Fewer than 10 people");
    }

    private static DiceEvaluation judged(double... dice) {
        return Evaluation.ofDice(dice, names(dice.length, row -> "p" + row), BOOTSTRAP);
    }

    private static List<String> names(int rows, IntFunction<String> name) {
        return IntStream.range(0, rows).mapToObj(name).toList();
    }

    private static double width(Figure figure) {
        var interval = figure.confidence().orElseThrow();
        return interval.high() - interval.low();
    }
}
