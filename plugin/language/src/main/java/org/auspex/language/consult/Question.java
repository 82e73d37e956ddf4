package org.auspex.language.consult;

import java.util.Optional;
import org.auspex.language.consult.QuestionRefused.Reason;
import org.auspex.language.summary.Tongue;

/**
 * What a patient asks.
 *
 * @param text without control characters and white space at its ends
 * @param tongue that it is answered in
 */
public record Question(String text, Tongue tongue) {

    /**
     * @param language of the answer; that of the question if empty
     * @param most characters
     * @throws QuestionRefused if there are no words, too many, or words of another language
     */
    public static Question of(String asked, Optional<Tongue> language, int most) {
        var text = asked.replaceAll("\\p{Cntrl}+", " ").strip();
        if (text.codePoints().noneMatch(Character::isLetter)) {
            throw new QuestionRefused(Reason.EMPTY, "The question has no words. Write it in parameter question");
        }
        if (text.length() > most) {
            throw new QuestionRefused(
                    Reason.TOO_LONG,
                    "The question has %d characters; at most %d are read. Ask in fewer words"
                            .formatted(text.length(), most));
        }
        var recognised = new Languages()
                .of(text)
                .orElseThrow(
                        () -> new QuestionRefused(
                                Reason.LANGUAGE,
                                "The question is in none of the languages that are answered: English (en), simplified Chinese (zh-Hans), traditional Chinese (zh-Hant). Ask in one of them, or ask a person; in an emergency call the emergency services"));
        return new Question(text, language.orElse(recognised));
    }
}
