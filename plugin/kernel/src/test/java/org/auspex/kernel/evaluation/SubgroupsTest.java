package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auspex.kernel.evaluation.Cohort.outcomes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubgroupsTest {

    private static final Bootstrap BOOTSTRAP = new Bootstrap(400, 1);

    @Test
    void warnsOfAGroupThatIsRankedWorse() {
        var cohort = Cohort.of(2000, 6, 21);
        var third = grouping(2000, row -> row % 3 == 0 ? "guessed" : "foreseen");
        var random = new Random(5);
        for (var row = 0; row < 2000; row += 3) {
            cohort.positive[row] = random.nextBoolean();
        }

        var subgroups = Subgroups.ofProbabilities(cohort.probability, cohort.positive, List.of(third), BOOTSTRAP);

        var guessed = group(subgroups, "guessed");
        assertThat(guessed.isWorse()).isTrue();
        assertThat(guessed.figures().get(0).fromAll().orElseThrow().high()).isNegative();
        assertThat(group(subgroups, "foreseen").figures().get(0).isWorse()).isFalse();
        assertThat(subgroups.comparisons()).isEqualTo(4);
    }

    @Test
    void warnsOfAGroupWhoseRisksAreTooLow() {
        var cohort = Cohort.of(2000, 6, 22);
        var by = grouping(2000, row -> row < 400 ? "forgotten" : "seen");
        for (var row = 0; row < 400; row++) {
            cohort.probability[row] = cohort.probability[row] / 4;
        }

        var subgroups = Subgroups.ofProbabilities(cohort.probability, cohort.positive, List.of(by), BOOTSTRAP);

        var judged = group(subgroups, "forgotten").figures().get(1);
        assertThat(judged.measure()).isEqualTo("observed less foreseen risk");
        assertThat(judged.isWorse()).isTrue();
        assertThat(judged.fromAll().orElseThrow().low()).isPositive();
        assertThat(group(subgroups, "seen").isWorse()).isFalse();
    }

    @Test
    void seldomWarnsWhereGroupsAreAlikeHoweverManyThereAre() {
        var warned = 0;
        for (var seed = 0; seed < 40; seed++) {
            var cohort = Cohort.of(400, 6, 100 + seed);
            var random = new Random(seed);
            var by = new ArrayList<Grouping>();
            for (var i = 0; i < 5; i++) {
                by.add(grouping(400, row -> random.nextBoolean() ? "a" : "b"));
            }
            var subgroups =
                    Subgroups.ofProbabilities(cohort.probability, cohort.positive, by, new Bootstrap(200, seed));
            warned += subgroups.groups().stream().anyMatch(Subgroup::isWorse) ? 1 : 0;
        }

        // 5 % of 40 are 2; more than 7 are as rare as 1 in 1,000.
        assertThat(warned).isLessThanOrEqualTo(7);
    }

    @Test
    void doesNotCompareAGroupOfThree() {
        var cohort = Cohort.of(300, 6, 23);
        var by = grouping(300, row -> row < 3 ? "three" : "others");

        var three =
                group(Subgroups.ofProbabilities(cohort.probability, cohort.positive, List.of(by), BOOTSTRAP), "three");

        assertThat(three.rows()).isEqualTo(3);
        assertThat(three.isWorse()).isFalse();
        assertThat(three.figures()).allSatisfy(judged -> {
            assertThat(judged.fromAll()).isEmpty();
            assertThat(judged.notCompared()).contains("Fewer than 10 rows with the event, or without it");
        });
    }

    @Test
    void doesNotCompareAllRowsWithThemselves() {
        var cohort = Cohort.of(100, 6, 24);

        var subgroups = Subgroups.ofProbabilities(
                cohort.probability, cohort.positive, List.of(grouping(100, row -> "all")), BOOTSTRAP);

        assertThat(subgroups.comparisons()).isZero();
        assertThat(subgroups.groups().get(0).figures().get(0).notCompared()).contains("All rows are in this group");
    }

    @Test
    void judgesGroupsByConcordance() {
        var cohort = Cohort.of(600, 6, 25);
        var by = grouping(600, row -> row % 2 == 0 ? "even" : "odd");

        var subgroups =
                Subgroups.ofSurvival(cohort.probability, Endings.of(cohort.time, cohort.event), List.of(by), BOOTSTRAP);

        assertThat(subgroups.groups()).allSatisfy(group -> {
            assertThat(group.figures()).hasSize(1);
            assertThat(group.figures().get(0).figure().value()).isPresent();
            assertThat(group.isWorse()).isFalse();
        });
    }

    @Test
    void aGroupHasTheFigureOfItsRowsAlone() {
        var cohort = Cohort.of(200, 6, 26);
        var by = grouping(200, row -> row < 80 ? "first" : "rest");

        var first = group(Subgroups.ofScores(cohort.probability, cohort.positive, List.of(by), BOOTSTRAP), "first");

        var alone = Evaluation.ofScores(
                Arrays.copyOf(cohort.probability, 80), Arrays.copyOf(cohort.positive, 80), BOOTSTRAP);
        assertThat(first.figures().get(0).figure().value())
                .isEqualTo(alone.discrimination().auroc().value());
    }

    @Test
    void everybodyWithoutTheEventIsNoGroupToCompare() {
        var subgroups = Subgroups.ofProbabilities(
                new double[] {0.1, 0.2, 0.3},
                outcomes(0, 0, 0),
                List.of(grouping(3, row -> row == 0 ? "a" : "b")),
                BOOTSTRAP);

        assertThat(subgroups.groups())
                .allSatisfy(group ->
                        assertThat(group.figures().get(0).figure().gap()).contains("No row is positive"));
    }

    private static Grouping grouping(int rows, IntFunction<String> name) {
        return new Grouping("group", IntStream.range(0, rows).mapToObj(name).toList());
    }

    private static Subgroup group(Subgroups subgroups, String name) {
        return subgroups.groups().stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
