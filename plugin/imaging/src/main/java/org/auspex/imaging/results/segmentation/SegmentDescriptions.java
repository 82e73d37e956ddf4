package org.auspex.imaging.results.segmentation;

import java.util.ArrayList;
import java.util.List;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.results.Algorithm;
import org.auspex.imaging.results.Words;

/** The Segment Sequence (PS3.3, C.8.20.4): numbers 1 to n without gaps, in the order that the segments are given in. */
final class SegmentDescriptions {

    /** CIELab of distinct hues, scaled as PS3.3, C.10.7.1.1 says: gold, sky blue, bluish green, vermilion, reddish purple. */
    private static final long[][] COLOURS = {
        {48500, 34500, 51000},
        {45800, 30300, 24500},
        {38600, 22300, 36100},
        {36600, 47700, 48300},
        {40200, 41800, 31300}
    };

    private SegmentDescriptions() {}

    static List<Dataset> of(List<Segment> segments, Algorithm algorithm) {
        var items = new ArrayList<Dataset>();
        for (var segment : segments) {
            items.add(item(segment, items.size() + 1, algorithm));
        }
        return items;
    }

    private static Dataset item(Segment segment, int number, Algorithm algorithm) {
        var item = new Dataset()
                .set(Tags.SEGMENT_NUMBER, Vr.US, (long) number)
                .set(Tags.SEGMENT_LABEL, Vr.LO, Words.within(64, segment.label()))
                .set(
                        Tags.SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE,
                        segment.category().item())
                .set(Tags.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE, segment.type().item())
                .set(Tags.SEGMENT_ALGORITHM_TYPE, Vr.CS, "AUTOMATIC")
                .set(Tags.SEGMENT_ALGORITHM_NAME, Vr.LO, Words.within(64, algorithm.name()))
                .set(Tags.SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE, algorithm.item())
                .set(Tags.RECOMMENDED_DISPLAY_CIE_LAB_VALUE, Vr.US, COLOURS[(number - 1) % COLOURS.length])
                .set(Tags.TRACKING_ID, Vr.UT, segment.tracking().identifier())
                .set(Tags.TRACKING_UID, Vr.UI, segment.tracking().uid());
        segment.site().ifPresent(site -> item.set(Tags.ANATOMIC_REGION_SEQUENCE, site.item()));
        return item;
    }
}
