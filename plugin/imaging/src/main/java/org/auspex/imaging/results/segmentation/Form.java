package org.auspex.imaging.results.segmentation;

/** How masks are written. */
public enum Form {

    /** One bit a pixel and segment: what viewers read. */
    BINARY,

    /** The number of the segment in each pixel, for the viewers that know it. */
    LABEL_MAP
}
