package org.auspex.kernel.evidence;

import java.util.List;
import java.util.stream.Collectors;
import org.auspex.kernel.features.Feature;

/**
 * What the record says about one input.
 *
 * @param input its name
 * @param feature the value as the model reads it
 * @param pieces what it was read from; empty for a gap
 * @param notes what was done to it: a comparator passed over, a unit converted, a value imputed
 */
public record Reading(String input, Feature feature, List<Piece> pieces, List<String> notes) {

    public Reading {
        pieces = List.copyOf(pieces);
        notes = List.copyOf(notes);
    }

    /** The values and their times, as the identity of a result is computed from. */
    public String fingerprint() {
        return pieces.isEmpty()
                ? "missing"
                : pieces.stream().map(Piece::fingerprint).collect(Collectors.joining(";"));
    }
}
