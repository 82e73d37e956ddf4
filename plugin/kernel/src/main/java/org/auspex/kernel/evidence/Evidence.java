package org.auspex.kernel.evidence;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;

/**
 * Everything the record says about one subject that a model asked for.
 *
 * @param asOf the time it was read for; nothing later counts
 * @param exclusion why the subject gets no prediction whatever the values, such as an age under the model's limit
 * @param readings one per input, in the card's order
 */
public record Evidence(Subject subject, Instant asOf, Optional<String> exclusion, List<Reading> readings) {

    public Evidence {
        readings = List.copyOf(readings);
    }

    /** The values as the model reads them. */
    public Features features() {
        var byInput = new LinkedHashMap<String, Feature>();
        readings.forEach(reading -> byInput.put(reading.input(), reading.feature()));
        return new Features(byInput);
    }

    /** Every piece of evidence once, as versioned references. */
    public List<String> basis() {
        return pieces().stream().map(Piece::reference).distinct().toList();
    }

    /** Every value that was read from the record, with where it stood. */
    public List<Piece> pieces() {
        return readings.stream()
                .flatMap(reading -> reading.pieces().stream())
                .filter(Piece::isInRecord)
                .toList();
    }
}
