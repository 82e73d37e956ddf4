package org.auspex.kernel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.outcome.Band;
import org.auspex.kernel.outcome.FollowUp;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Output;
import org.auspex.kernel.outcome.RiskWord;
import org.junit.jupiter.api.Test;

class TabularAnswerTest {

    private static final TabularAnswer ANSWER = TabularAnswer.of(new Output(
            "death",
            Output.Kind.SURVIVAL,
            Optional.empty(),
            "Death",
            Optional.empty(),
            Optional.empty(),
            List.of(band(Optional.of(40.0), RiskWord.LOW), band(Optional.empty(), RiskWord.HIGH)),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new FollowUp(List.of(6.0, 12.0, 24.0), "mo", List.of(12.0))),
            Optional.empty(),
            List.of()));

    @Test
    void takesOneNumberForEachTime() {
        assertThat(ANSWER.width()).isEqualTo(3);
        assertThat(ANSWER.tensor().shape()).containsExactly(-1L, 3L);
    }

    @Test
    void putsTheCurveIntoTheGroupOfItsLastHorizon() {
        var low = (Outcome.Survival) ANSWER.outcome(new double[] {0.9, 0.61, 0.1});
        var high = (Outcome.Survival) ANSWER.outcome(new double[] {0.9, 0.6, 0.5});

        assertThat(low.risk()).contains(RiskWord.LOW);
        assertThat(high.risk()).contains(RiskWord.HIGH);
        assertThat(high.value().orElseThrow()).isEqualTo(0.4);
    }

    @Test
    void passesOverARiseByRounding() {
        var survival = (Outcome.Survival) ANSWER.outcome(new double[] {0.9, 0.9000001, 0.5});

        assertThat(survival.curve().free()).containsExactly(0.9, 0.9, 0.5);
    }

    @Test
    void refusesACurveThatRises() {
        assertThatThrownBy(() -> ANSWER.outcome(new double[] {0.9, 0.95, 0.5}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at time 12.0 it is at 0.95");
    }

    private static Band band(Optional<Double> below, RiskWord risk) {
        return new Band(below, Optional.empty(), Optional.empty(), risk, Optional.empty());
    }
}
