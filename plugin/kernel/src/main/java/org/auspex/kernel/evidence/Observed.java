package org.auspex.kernel.evidence;

import java.time.Instant;
import org.auspex.kernel.features.Source;

/**
 * One value in the record that an input could read.
 *
 * @param reference the resource and its version, {@code Observation/1/_history/2}
 * @param effective when it took effect
 * @param known when it was reported; later values win ties of effect
 */
record Observed(String reference, Value value, Moment effective, Instant known, Source source) {

    Piece piece(String input) {
        return new Piece(input, reference, value.shown() + "@" + effective.start());
    }
}
