package org.auspex.language.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownTermsTest {

    private static final Facts FACTS = new Facts(List.of(new StarterVocabulary()));
    private static final UnknownTerms UNKNOWN = new UnknownTerms();

    @Test
    void namesDiagnosesThatNoVocabularyHas() {
        assertThat(unknown("初步诊断：1.肺炎 2.嗜铬细胞瘤\n3、卡尔曼综合征")).containsExactly("嗜铬细胞瘤", "卡尔曼综合征");
        assertThat(unknown("DIAGNOSIS\n1. Pneumonia\n2. Phaeochromocytoma")).containsExactly("Phaeochromocytoma");
    }

    @Test
    void namesLaboratoryValuesOfUnknownTests() {
        assertThat(unknown("辅助检查：血钾 4.1mmol/L，钙 2.2mmol/L，淋巴细胞比例 21%。")).containsExactly("钙 2.2mmol/L", "淋巴细胞比例 21%");
        assertThat(unknown("LABS\nPotassium 4.1 mmol/L, ferritin 88 ug/L.")).containsExactly("ferritin 88 ug/L");
    }

    @Test
    void takesOrdinaryWordsForNoTerms() {
        assertThat(unknown("现病史：患者3天前受凉，肿物约3cm，饮水500ml。")).isEmpty();
        assertThat(unknown("She lives with her dog and walks 3 km.")).isEmpty();
    }

    private static List<String> unknown(String note) {
        return UNKNOWN.in(note, FACTS.of(note).facts()).stream()
                .map(span -> span.in(note))
                .toList();
    }
}
