package org.auspex.language.facts;

/** What a note says of a thing it names. If several are said of one, the first in this order counts. */
public enum Assertion {
    /** The patient does not have it, or nobody in the family has. */
    NEGATED,
    /** A relative has or had it. */
    FAMILY,
    /** To be done or begun. */
    PLANNED,
    /** Suspected, possible, or said of a condition that may come. */
    UNCERTAIN,
    /** Of the past; over, or named as history. */
    HISTORICAL,
    /** The patient has it. */
    PRESENT
}
