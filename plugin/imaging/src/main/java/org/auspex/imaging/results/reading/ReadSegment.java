package org.auspex.imaging.results.reading;

import java.util.Optional;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.segmentation.Mask;

/**
 * A segment of a Segmentation that somebody made, on the grid of the source.
 *
 * @param type what it is, where its object says so
 * @param trackingUid what makes it the same finding as one of another object, where its object says so
 */
public record ReadSegment(int number, String label, Optional<Code> type, Optional<String> trackingUid, Mask mask) {}
