package org.auspex.kernel.evidence;

import java.time.Instant;
import java.util.Optional;

/**
 * One value that an input was read from.
 *
 * @param input name of the input
 * @param reference the resource and its version, {@code Observation/1/_history/2}; empty for a setting
 * @param fingerprint the value and its time, {@code 120 mm[Hg]@2026-01-15T10:00:00Z}
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

    /** When the value took effect; empty for a setting, and where nobody knows. */
    public Optional<Instant> effective() {
        return isInRecord()
                ? Optional.of(Instant.parse(fingerprint.substring(fingerprint.lastIndexOf('@') + 1)))
                        .filter(Instant.MIN::isBefore)
                : Optional.empty();
    }

    boolean isInRecord() {
        return !reference.isEmpty();
    }
}
