package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Prediction sets hold what they promise, and say when they cannot be made. */
class ConformalFitTest {

    private static final List<String> ANSWERS = List.of("no", "yes");

    @Test
    void theLimitIsTheScoreThatTheLevelAsksFor() {
        // Nineteen people in the first half of thirty-eight: at 0.9 the 18th smallest of them, (19 + 1) * 0.9.
        var scores = IntStream.range(0, 38).mapToObj(row -> new double[] {row}).toArray(double[][]::new);
        var rows = new ConformalFit.Rows(scores, new int[38], List.of("only"), false, people(38));

        var fit = ConformalFit.of(rows, 0.9, List.of(), 1);

        assertThat(fit.fittedOn()).isEqualTo(19);
        assertThat(fit.checkedOn()).isEqualTo(19);
        assertThat(fit.covered().count())
                .isEqualTo(IntStream.range(0, 38)
                                .filter(row -> row <= fit.limits().get(0))
                                .count()
                        - 18);
    }

    @Test
    void setsHoldTheTruthAsOftenAsTheyPromiseWhateverTheModel() {
        var random = new Random(7);
        var covered = 0.0;
        var repeats = 200;
        for (int repeat = 0; repeat < repeats; repeat++) {
            var rows = informative(400, random);

            covered += ConformalFit.of(rows, 0.8, List.of(), repeat)
                    .covered()
                    .share()
                    .orElseThrow();
        }

        // The standard error of the mean of 200 shares of 200 is 0.003; a level is promised as a lower bound.
        assertThat(covered / repeats).isCloseTo(0.8, within(0.015));
    }

    @Test
    void eachAnswerIsCoveredByItself() {
        var fit = ConformalFit.of(informative(4000, new Random(3)), 0.9, List.of(), 1);

        assertThat(fit.groups()).extracting(ConformalFit.Group::name).containsExactly("no", "yes");
        assertThat(fit.groups())
                .allSatisfy(group ->
                        assertThat(group.covered().share().orElseThrow()).isCloseTo(0.9, within(0.04)));
        assertThat(fit.coversTooFew()).isFalse();
        assertThat(fit.bySize()).hasSize(3);
        assertThat(fit.bySize().stream().mapToInt(Integer::intValue).sum()).isEqualTo(fit.checkedOn());
    }

    @Test
    void aConstantPredictionCannotTell() {
        var scores = Collections.nCopies(100, new double[] {0.3, -0.3}).toArray(double[][]::new);
        var truth = IntStream.range(0, 100).map(row -> row % 2).toArray();

        var fit = ConformalFit.of(new ConformalFit.Rows(scores, truth, ANSWERS, true, people(100)), 0.9, List.of(), 1);

        assertThat(fit.cannotTell()).contains(1.0);
        assertThat(fit.covered().share()).contains(1.0);
    }

    @Test
    void peopleAreInOneHalfOnly() {
        // Four rows of each person, all alike but for the person: were one split, both halves would have their score.
        var people = IntStream.range(0, 80).mapToObj(row -> "p" + row / 4).toList();
        var scores =
                IntStream.range(0, 80).mapToObj(row -> new double[] {row / 4}).toArray(double[][]::new);

        var fit = ConformalFit.of(
                new ConformalFit.Rows(scores, new int[80], List.of("only"), false, people), 0.6, List.of(), 1);

        assertThat(fit.fittedOn() % 4).isZero();
        assertThat(fit.covered().count() % 4).isZero();
    }

    @Test
    void subgroupsAreCountedAndGroupsThatAreNotCoveredShow() {
        var random = new Random(11);
        var rows = 2000;
        var scores = new double[rows][];
        var groups = IntStream.range(0, rows)
                .mapToObj(row -> row % 10 == 0 ? "rare" : "usual")
                .toList();
        for (int row = 0; row < rows; row++) {
            scores[row] = new double[] {random.nextDouble() + (row % 10 == 0 ? 0.5 : 0)};
        }

        var fit = ConformalFit.of(
                new ConformalFit.Rows(scores, new int[rows], List.of("only"), false, people(rows)),
                0.9,
                List.of(new Grouping("kind", groups)),
                1);

        assertThat(share(fit, "rare")).isLessThan(0.6);
        assertThat(share(fit, "usual")).isGreaterThan(0.9);
    }

    @Test
    void tooFewRowsOfAnAnswerAreRefusedWithHowManyAreNeeded() {
        var scores = Collections.nCopies(40, new double[] {0.3, -0.3}).toArray(double[][]::new);
        var truth = new int[40];
        truth[0] = 1;

        assertThatThrownBy(() -> ConformalFit.of(
                        new ConformalFit.Rows(scores, truth, ANSWERS, true, people(40)), 0.9, List.of(), 1))
                .hasMessageContaining("at least 9 rows of 'yes'")
                .hasMessageContaining("lower the level");
    }

    @Test
    void aCohortOfOneAndALevelOfOneAreRefused() {
        var one = new ConformalFit.Rows(new double[][] {{0.3}}, new int[1], List.of("only"), false, people(1));

        assertThatThrownBy(() -> ConformalFit.of(one, 0.9, List.of(), 1)).hasMessageContaining("there are 0");
        assertThatThrownBy(() -> ConformalFit.of(one, 1, List.of(), 1)).hasMessageContaining("not at 1.0");
        assertThatThrownBy(() -> ConformalFit.of(one, Double.NaN, List.of(), 1)).hasMessageContaining("not at NaN");
    }

    private static double share(ConformalFit fit, String name) {
        return fit.groups().stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .flatMap(group -> group.covered().share())
                .orElseThrow();
    }

    private static ConformalFit.Rows informative(int rows, Random random) {
        var scores = new double[rows][];
        var truth = new int[rows];
        for (int row = 0; row < rows; row++) {
            truth[row] = random.nextDouble() < 0.3 ? 1 : 0;
            var value = random.nextGaussian() + truth[row];
            scores[row] = new double[] {value, -value};
        }
        return new ConformalFit.Rows(scores, truth, ANSWERS, true, people(rows));
    }

    private static List<String> people(int rows) {
        return IntStream.range(0, rows).mapToObj(row -> "p" + row).toList();
    }
}
