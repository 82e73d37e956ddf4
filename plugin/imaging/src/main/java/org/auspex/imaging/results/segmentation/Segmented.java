package org.auspex.imaging.results.segmentation;

/**
 * A segment and its pixels.
 *
 * @param pixels a {@link Mask}, or a {@link Raster} of probabilities
 */
public record Segmented<P>(Segment segment, P pixels) {}
