package org.auspex.kernel.images;

import java.util.List;
import java.util.Optional;
import org.auspex.terminology.Code;

/** What was marked on a picture, in words and measures, and as objects that can be kept beside it. */
public interface Sighting {

    /** In the order of the marks; none of what was not found. */
    List<Measure> measures();

    /** Words for what was found, each with where it comes from, such as {@code irregular (solidity 0.71, below 0.9)}. */
    List<String> words();

    /** PNG: the picture with what was found drawn in; empty where there is nothing to see. */
    Optional<byte[]> overlay();

    /** PNG: where the network is unsure. */
    Optional<byte[]> uncertainty();

    /** The objects that {@link #keep()} stores. */
    List<Stored> objects();

    /** Stores them. Again does no harm. */
    void keep();

    /**
     * One measurement.
     *
     * @param mark the name of the mark that was measured
     * @param concept what was measured, in SNOMED CT or DICOM's codes
     * @param unit UCUM; {@code {pixels}} where the image says nothing of its scale
     * @param trackingUid the same in all objects that speak of this mark
     */
    record Measure(String mark, Code concept, String display, double value, String unit, String trackingUid) {}

    /**
     * A DICOM object.
     *
     * @param title such as {@code DICOM SEG}
     * @param url where it can be fetched by WADO-RS: {@code dicomweb/studies/1.2/series/3.4/instances/5.6}, or an address
     */
    record Stored(String title, String url) {}
}
