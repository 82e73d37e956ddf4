package org.auspex.language.prose;

import java.util.Locale;
import org.auspex.language.chat.ChatFailure;

/** Whether a part was told in other words, and if not, why. */
public enum Form {
    /** In the words of a language model, as far as they are supported. */
    TOLD,
    /** There is nothing to tell. */
    EMPTY,
    /** Quoted: nobody asked for more. */
    QUOTED,
    /** Quoted: no language model is configured. */
    NO_MODEL,
    /** Quoted: the note speaks to language models. */
    ADDRESSED,
    /** Quoted: the part is too long for one question. */
    TOO_LONG,
    /** Quoted: the language model could not be asked; see {@link ChatFailure}. */
    MODEL_FAILED,
    /** Quoted: nothing that the language model said is supported. */
    UNSUPPORTED;

    /** As it is written in FHIR and in metrics, such as {@code model-failed}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it must be said that there is no prose. */
    public boolean isQuoted() {
        return this != TOLD && this != EMPTY && this != QUOTED;
    }
}
