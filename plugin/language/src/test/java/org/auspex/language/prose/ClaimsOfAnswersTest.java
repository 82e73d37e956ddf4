package org.auspex.language.prose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsOfAnswersTest {

    private final Claims claims = new Claims();

    @Test
    void readsMarksBeforeAndBehindTheFullStop() {
        assertThat(claims.of("Chest pain for two days [1]. No fever. [2][3] Plan: ECG [4, 5]."))
                .containsExactly(
                        new Claim("Chest pain for two days.", List.of(1)),
                        new Claim("No fever.", List.of(2, 3)),
                        new Claim("Plan: ECG.", List.of(4, 5)));
    }

    @Test
    void readsChineseAnswers() {
        assertThat(claims.of("胸痛3天，休息后缓解［1］。无发热。【2】左下肢水肿[3、4]；"))
                .containsExactly(
                        new Claim("胸痛3天，休息后缓解。", List.of(1)),
                        new Claim("无发热。", List.of(2)),
                        new Claim("左下肢水肿；", List.of(3, 4)));
    }

    @Test
    void readsListsAndTakesNoMarkForAnother() {
        assertThat(claims.of("- Chest pain [2]\n- Dose 5 mg [20]\nThat is all"))
                .containsExactly(
                        new Claim("Chest pain", List.of(2)),
                        new Claim("Dose 5 mg", List.of(20)),
                        new Claim("That is all", List.of()));
    }
}
