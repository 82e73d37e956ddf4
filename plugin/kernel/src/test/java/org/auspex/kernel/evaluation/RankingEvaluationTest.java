package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankingEvaluationTest {

    private static final int[] TRUTH = {0, 0, 0, 1, 1, 2, 3, 4};

    @Test
    void countsTrueChoicesInTheFirstPlaceAndAmongTheFirstThree() {
        var evaluation = Evaluation.ofRankings(new int[] {1, 2, 1, 4, 3, 1, 5, 1}, TRUTH, Bootstrap.seeded(1));

        assertThat(evaluation.rows()).isEqualTo(8);
        assertThat(evaluation.top1().value()).contains(4.0 / 8);
        assertThat(evaluation.top3().value()).contains(6.0 / 8);
        assertThat(evaluation.top1().confidence().orElseThrow())
                .satisfies(interval -> assertThat(interval.low()).isLessThan(0.5))
                .satisfies(interval -> assertThat(interval.high()).isGreaterThan(0.5));
    }

    @Test
    void setsThemBesideTheCommonestChoices() {
        var evaluation = Evaluation.ofRankings(new int[] {1, 2, 1, 4, 3, 1, 5, 1}, TRUTH, Bootstrap.seeded(1));

        assertThat(evaluation.majorityTop1().value()).contains(3.0 / 8);
        assertThat(evaluation.majorityTop3().value()).contains(6.0 / 8);
        assertThat(evaluation.difference().value().orElseThrow()).isCloseTo(1.0 / 8, within(1e-12));
    }

    @Test
    void refusesPlacesThatAreNone() {
        assertThatThrownBy(() -> Evaluation.ofRankings(new int[] {1, 0}, new int[] {0, 1}, Bootstrap.seeded(1)))
                .hasMessage("Cannot evaluate: row 2: a place is counted from 1, not 0");
        assertThatThrownBy(() -> Evaluation.ofRankings(new int[] {1}, new int[] {0, 1}, Bootstrap.seeded(1)))
                .hasMessageContaining("give one per row");
    }
}
