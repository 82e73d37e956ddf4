package org.auspex.language.summary;

/** What a summary is for. */
public enum Style {
    /** Why the patient is here, what was found, and what is planned. */
    BRIEF,
    /** 首次病程记录, the first course record of a Chinese hospital, due within eight hours of admission. */
    FIRST_COURSE_RECORD
}
