package org.auspex.imaging.results;

/**
 * What makes a finding the same one in a Segmentation, a report and a record.
 *
 * @param identifier what people call it, such as {@code Lesion 1}
 */
public record Tracking(String identifier, String uid) {

    /** The finding of this number of a prediction. */
    public static Tracking of(String seed, int number, String identifier) {
        return new Tracking(identifier, Uids.of("%s|finding|%d".formatted(seed, number)));
    }
}
