package org.auspex.kernel.evidence;

import java.util.Optional;

/**
 * One value that an input was read from.
 *
 * @param input name of the input
 * @param reference the resource and its version, {@code Observation/1/_history/2}; empty for a setting
 * @param fingerprint the value and its time
 * @param unit of UCUM, as the record has it, before any is converted; empty where there is none that is known
 */
public record Piece(String input, String reference, String fingerprint, Optional<String> unit) {

    public Piece(String input, String reference, String fingerprint) {
        this(input, reference, fingerprint, Optional.empty());
    }

    /** A choice of the site, which stands in no record and yet belongs to what a result rests on. */
    static Piece ofSetting(String input, String chosen) {
        return new Piece(input, "", "set to " + chosen);
    }

    boolean isInRecord() {
        return !reference.isEmpty();
    }
}
