package org.auspex.kernel.evidence;

/**
 * One value that an input was read from.
 *
 * @param input name of the input
 * @param reference the resource and its version, {@code Observation/1/_history/2}; empty for a setting
 * @param fingerprint the value and its time
 */
public record Piece(String input, String reference, String fingerprint) {

    /** A choice of the site, which stands in no record and yet belongs to what a result rests on. */
    static Piece ofSetting(String input, String chosen) {
        return new Piece(input, "", "set to " + chosen);
    }

    boolean isInRecord() {
        return !reference.isEmpty();
    }
}
