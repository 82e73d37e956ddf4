package org.auspex.kernel.evidence;

import java.time.Instant;
import java.util.Optional;
import org.auspex.kernel.features.Source;
import org.hl7.fhir.r4.model.Resource;

/**
 * One value in the record that an input could read.
 *
 * @param resource where it stands
 * @param effective when it took effect
 * @param known when it was reported; later values win ties of effect
 */
record Observed(Resource resource, Value value, Moment effective, Instant known, Source source) {

    /** The reference with the version that was read; without one where the record has none, as in a Bundle. */
    String reference() {
        var id = resource.getIdElement();
        var plain = resource.fhirType() + "/" + id.getIdPart();
        return resource.getMeta().hasVersionId()
                ? plain + "/_history/" + resource.getMeta().getVersionId()
                : id.hasVersionIdPart() ? plain + "/_history/" + id.getVersionIdPart() : plain;
    }

    Piece piece(String input) {
        var unit = value instanceof Value.Measured measured ? measured.unit() : Optional.<String>empty();
        return new Piece(input, reference(), value.shown() + "@" + effective.start(), unit);
    }
}
