package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BadRowsTest {

    private static final Bootstrap BOOTSTRAP = Bootstrap.seeded(1);

    @Test
    void namesEveryProbabilityThatIsNone() {
        var probability = new double[] {0.5, Double.NaN, 1.2, -0.1};

        assertRefused(() -> Evaluation.ofProbabilities(probability, new boolean[4], BOOTSTRAP))
                .hasMessage("Cannot evaluate: row 2: a probability lies between 0 and 1, not at NaN; "
                        + "row 3: a probability lies between 0 and 1, not at 1.2; "
                        + "row 4: a probability lies between 0 and 1, not at -0.1");
    }

    @Test
    void namesTheFirstTenOfManyBadRows() {
        var score = new double[40];
        Arrays.fill(score, Double.NaN);

        assertRefused(() -> Evaluation.ofScores(score, new boolean[40], BOOTSTRAP))
                .hasMessageContaining("row 10: a score is a finite number, not NaN; and 30 more")
                .hasMessageNotContaining("row 11");
    }

    @Test
    void namesBadRisksAndTimes() {
        var risk = new double[] {1, Double.POSITIVE_INFINITY, 1, 1};
        var time = new double[] {-3, 1, Double.NaN, Double.POSITIVE_INFINITY};

        assertRefused(() -> Evaluation.ofSurvival(risk, Endings.of(time, new boolean[4]), BOOTSTRAP))
                .hasMessage("Cannot evaluate: row 1: a time is 0 or more, not -3.0; "
                        + "row 2: a risk is a finite number, not Infinity; "
                        + "row 3: a time is a finite number, not NaN; "
                        + "row 4: a time is a finite number, not Infinity");
    }

    @Test
    void refusesListsOfUnequalLength() {
        assertRefused(() -> Evaluation.ofProbabilities(new double[3], new boolean[4], BOOTSTRAP))
                .hasMessage("Cannot evaluate: there are 3 of 'probability' but 4 of 'positive'; give one per row");
        assertRefused(() -> Evaluation.ofScores(new double[3], new boolean[2], BOOTSTRAP))
                .hasMessageContaining("3 of 'score' but 2 of 'positive'");
        assertRefused(() -> Evaluation.ofSurvival(new double[3], Endings.of(new double[2], new boolean[3]), BOOTSTRAP))
                .hasMessageContaining("3 of 'risk' but 2 of 'time'");
        assertRefused(() -> Evaluation.ofSurvival(new double[3], Endings.of(new double[3], new boolean[1]), BOOTSTRAP))
                .hasMessageContaining("3 of 'risk' but 1 of 'event'");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ThrowingCallable evaluation) {
        return assertThatThrownBy(evaluation).isInstanceOf(IllegalArgumentException.class);
    }
}
