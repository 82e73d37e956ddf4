package org.auspex.imaging.archive;

/** What is searched for. */
public enum Level {
    STUDY,
    SERIES,
    INSTANCE
}
