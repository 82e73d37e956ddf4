package org.auspex.language.facts;

/** Laterality. */
public enum Side {
    LEFT,
    RIGHT,
    BOTH
}
