package org.auspex.kernel.features;

/** Which of several values within the window counts. */
public enum Take {
    LATEST,
    FIRST,
    MIN,
    MAX,
    MEAN,
    COUNT,
    /** Yes if there is any, no otherwise. */
    EXISTS
}
