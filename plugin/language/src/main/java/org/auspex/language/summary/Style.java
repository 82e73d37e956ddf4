package org.auspex.language.summary;

import java.util.Arrays;
import java.util.Optional;

/** What a summary is for. */
public enum Style {
    /** Why the patient is here, what is known from before, what was found, and what is planned. */
    BRIEF("brief"),
    /** 首次病程记录, the first course record of a Chinese hospital, due within eight hours of admission. */
    FIRST_COURSE_RECORD("first-course-record");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The style of a code; empty if it is none of these. */
    public static Optional<Style> of(String code) {
        return Arrays.stream(values()).filter(style -> style.code.equals(code)).findFirst();
    }
}
