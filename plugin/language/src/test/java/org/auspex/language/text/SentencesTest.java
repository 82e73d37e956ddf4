package org.auspex.language.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {

    private final Sentences sentences = new Sentences();

    @Test
    void endsEnglishSentencesAtTheirPoints() {
        assertThat(of("He was seen by Dr. J. Smith. BP was 120.5/80 mmHg. Takes 5 mg b.i.d. with food! Any pain? No."))
                .containsExactly(
                        "He was seen by Dr. J. Smith.",
                        "BP was 120.5/80 mmHg.",
                        "Takes 5 mg b.i.d. with food!",
                        "Any pain?",
                        "No.");
    }

    @Test
    void keepsTheNumbersOfListsWithTheirItems() {
        assertThat(of("1. Bullous emphysema. 2. Probably scarring.\n3. Follow up in 6 months.\n- no fever\n- cough"))
                .containsExactly(
                        "1. Bullous emphysema.",
                        "2. Probably scarring.",
                        "3. Follow up in 6 months.",
                        "- no fever",
                        "- cough");
    }

    @Test
    void endsChineseSentences() {
        assertThat(of("患者3天前出现胸痛。体温36.5℃；无发热，伴咳嗽！肺炎？\n初步诊断"))
                .containsExactly("患者3天前出现胸痛。", "体温36.5℃；", "无发热，伴咳嗽！", "肺炎？", "初步诊断");
    }

    @Test
    void goesOnOverTheEdgeOfThePage() {
        assertThat(of("The patient was admitted with\nchest pain.\nShe is well."))
                .containsExactly("The patient was admitted with\nchest pain.", "She is well.");
        assertThat(of("患者三天前无明显诱因出现胸骨后压榨样疼痛并向左肩背部放射持续约五\n分钟后缓解。\n主诉\n胸痛"))
                .containsExactly("患者三天前无明显诱因出现胸骨后压榨样疼痛并向左肩背部放射持续约五\n分钟后缓解。", "主诉", "胸痛");
    }

    @Test
    void dividesWordsThatRunTogether() {
        assertThat(of("A lesion in the left lung apex.There are streaky opacities."))
                .containsExactly("A lesion in the left lung apex.", "There are streaky opacities.");
    }

    private List<String> of(String text) {
        return sentences.of(text, new Span(0, text.length())).stream()
                .map(span -> span.in(text))
                .toList();
    }
}
