package org.auspex.language.facts;

/** What kind of thing a dictionary names. */
public enum FactKind {
    /** A disease or a state that lasts. */
    PROBLEM,
    /** A symptom or sign. */
    FINDING,
    DRUG,
    /** A measurement or examination. */
    TEST,
    PROCEDURE,
    /** A part of the body. */
    SITE
}
