package org.auspex.language.consult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import org.auspex.language.consult.QuestionRefused.Reason;
import org.auspex.language.summary.Tongue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which questions are taken, and in which language. */
class QuestionTest {

    @ParameterizedTest
    @CsvSource({
        "What is my blood pressure?,EN",
        "aspirin dose,EN",
        "我的血压是多少？,ZH_HANS",
        "我的血壓是多少？,ZH_HANT",
        "中風的前兆有哪些？,ZH_HANT",
        "metoprolol 要吃多久？,ZH_HANS",
        "Is café au lait bad for my heart?,EN"
    })
    void recognisesTheLanguage(String question, Tongue tongue) {
        assertThat(Question.of(question, Optional.empty(), 100).tongue()).isEqualTo(tongue);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Me duele el pecho y no puedo respirar",
                "Wie hoch ist mein Blutdruck?",
                "Quelle est ma tension artérielle ?",
                "血圧はいくつですか、教えてください",
                "제 혈압이 얼마예요?",
                "Какое у меня давление?",
                "ما هو ضغط دمي؟",
                "Huyết áp của tôi là bao nhiêu?",
                "Berapa tekanan darah saya?"
            })
    void refusesAnotherLanguageAndNamesThose(String question) {
        var refused =
                catchThrowableOfType(QuestionRefused.class, () -> Question.of(question, Optional.of(Tongue.EN), 100));

        assertThat(refused).as(question).isNotNull();
        assertThat(refused.reason()).isEqualTo(Reason.LANGUAGE);
        assertThat(refused).hasMessageContaining("English").hasMessageContaining("zh-Hant");
        assertThat(refused.getMessage()).doesNotContain(question);
    }

    @Test
    void refusesWhatIsEmptyOrTooLong() {
        assertThat(reason("")).isEqualTo(Reason.EMPTY);
        assertThat(reason(" ?!\n\u0000")).isEqualTo(Reason.EMPTY);
        assertThat(reason("a ".repeat(51))).isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void answersInTheLanguageThatIsAskedFor() {
        assertThat(Question.of("What is my blood pressure?", Optional.of(Tongue.ZH_HANT), 100)
                        .tongue())
                .isEqualTo(Tongue.ZH_HANT);
    }

    private static Reason reason(String question) {
        return catchThrowableOfType(QuestionRefused.class, () -> Question.of(question, Optional.empty(), 100))
                .reason();
    }
}
