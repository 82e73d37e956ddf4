package org.auspex.imaging.results;

/** The kinds of objects that are written. */
public enum Kind {
    SEGMENTATION("SEG", "1.2.840.10008.5.1.4.1.1.66.4", "Segmentation", 9001),
    LABEL_MAP("SEG", "1.2.840.10008.5.1.4.1.1.66.7", "Label map", 9002),
    PROBABILITIES("SEG", "1.2.840.10008.5.1.4.1.1.66.4", "Probabilities", 9003),
    PARAMETRIC_MAP("OT", "1.2.840.10008.5.1.4.1.1.30", "Map", 9004),
    REPORT("SR", "1.2.840.10008.5.1.4.1.1.88.34", "Measurements", 9005);

    public final String modality;
    public final String sopClass;
    final String says;

    /** High, so that it comes after what a modality made. */
    final int series;

    Kind(String modality, String sopClass, String says, int series) {
        this.modality = modality;
        this.sopClass = sopClass;
        this.says = says;
        this.series = series;
    }
}
