package org.auspex.language.summary;

import java.util.Arrays;
import java.util.Optional;

/** The language of a summary's titles; its sentences stay in the language of the note. */
public enum Tongue {
    EN("en"),
    ZH_HANS("zh-Hans"),
    ZH_HANT("zh-Hant");

    private final String code;

    Tongue(String code) {
        this.code = code;
    }

    /** The code of BCP 47. */
    public String code() {
        return code;
    }

    /** The language of a code; empty if it is none of these. */
    public static Optional<Tongue> of(String code) {
        return Arrays.stream(values())
                .filter(tongue -> tongue.code.equals(code))
                .findFirst();
    }
}
