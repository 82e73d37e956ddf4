package org.auspex.imaging.results.segmentation;

import java.util.Optional;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.Tracking;

/**
 * What a segment stands for (DICOM PS3.3, C.8.20.4). Its number is its place among the segments of its object.
 *
 * @param category what kind of thing it is (CID 7150), such as a morphologically abnormal structure
 * @param type what it is (CID 7151), such as a mass
 * @param site where it is (CID 4), such as the breast
 */
public record Segment(String label, Code category, Code type, Optional<Code> site, Tracking tracking) {

    public static final Code ANATOMICAL_STRUCTURE = Code.sct("123037004", "Anatomical Structure");
    public static final Code MORPHOLOGICALLY_ABNORMAL_STRUCTURE =
            Code.sct("49755003", "Morphologically Abnormal Structure");
}
