package org.auspex.language.summary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "胸部：胸廓对称，无畸形，胸壁无压痛。",
                "腹平软，未触及包块，移动性浊音阴性。",
                "Lungs are clear.",
                "Abdomen without tenderness, no masses.",
            })
    void isNormalWhereEveryClauseSaysSo(String sentence) {
        assertThat(Normality.isAllNormal(sentence)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"右上肢肌力2级，左侧正常。", "四肢无力。", "律不齐。", "双侧瞳孔不对称。", "全身皮肤湿冷，无黄染。", "Pain with valgus stress."})
    void isNotNormalWhereOneClauseDoesNot(String sentence) {
        assertThat(Normality.isAllNormal(sentence)).isFalse();
    }
}
