package org.auspex.language.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectionsTest {

    private final Sections sections = new Sections();

    @Test
    void findsTheSectionsOfAChineseNote() {
        var note = "姓名：张某\n主诉：反复胸痛3天。\n现病史：患者3天前出现胸痛。既往史：高血压10年。\n【体格检查】\nT 36.5℃\n" + "辅助检查 心电图正常\n初步诊断：\n1. 冠心病";

        assertThat(found(note))
                .containsExactly(
                        "OTHER=姓名：张某",
                        "CHIEF_COMPLAINT=反复胸痛3天。",
                        "PRESENT_ILLNESS=患者3天前出现胸痛。",
                        "PAST_HISTORY=高血压10年。",
                        "PHYSICAL_EXAMINATION=T 36.5℃",
                        "TESTS=心电图正常",
                        "DIAGNOSIS=1. 冠心病");
    }

    @Test
    void findsThemInTraditionalCharacters() {
        assertThat(found("主訴：胸痛\n現病史：三日前開始\n過敏史：無\n初步診斷：心絞痛"))
                .containsExactly("CHIEF_COMPLAINT=胸痛", "PRESENT_ILLNESS=三日前開始", "ALLERGIES=無", "DIAGNOSIS=心絞痛");
    }

    @Test
    void findsTheSectionsOfAnEnglishNote() {
        var note = "CHIEF COMPLAINT\n\nChest pain.\n\nHPI: Began today.\n**Past Medical History:** gout\n"
                + "SOMETHING NEW\nwords\nAssessment/Plan:\n1. Angina\n\nThe plan is unclear.";

        assertThat(found(note))
                .containsExactly(
                        "CHIEF_COMPLAINT=Chest pain.",
                        "PRESENT_ILLNESS=Began today.",
                        "PAST_HISTORY=gout",
                        "OTHER=words",
                        "ASSESSMENT_AND_PLAN=1. Angina\n\nThe plan is unclear.");
    }

    @Test
    void takesNoWordWithinASentenceForAHeading() {
        assertThat(found("The examination was normal.\nResults were discussed with him."))
                .containsExactly("OTHER=The examination was normal.\nResults were discussed with him.");
    }

    @Test
    void namesSectionsByCodesWithTrueCheckDigits() {
        assertThat(Arrays.stream(SectionKind.values()).filter(kind -> kind != SectionKind.OTHER))
                .allSatisfy(kind -> assertThat(kind.code().code()).satisfies(SectionsTest::hasTrueCheckDigit));
    }

    /** LOINC's digits follow Luhn's rule. */
    private static void hasTrueCheckDigit(String code) {
        var digits = code.replace("-", "");
        var sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(digits.length() - 1 - i) - '0';
            var weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        assertThat(sum % 10).as(code).isZero();
    }

    private List<String> found(String note) {
        return sections.of(note).stream()
                .map(section -> section.kind() + "=" + section.body().in(note))
                .toList();
    }
}
