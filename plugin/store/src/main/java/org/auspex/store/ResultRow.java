package org.auspex.store;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;

/**
 * A result as our own tables know it.
 *
 * @param result {@code RiskAssessment/1}; empty until the resources are written
 * @param parts {@code Observation/2} and what else belongs to it
 * @param provenanceId without type; empty until it is written
 */
record ResultRow(
        long id, ModelId model, Subject subject, Instant asOf, String result, List<String> parts, String provenanceId) {

    ResultRow {
        parts = List.copyOf(parts);
    }

    /** The references of all that was stored but the Provenance; none until it is. */
    List<String> resources() {
        return Stream.concat(Stream.of(result).filter(reference -> !reference.isEmpty()), parts.stream())
                .toList();
    }

    String provenance() {
        return "Provenance/" + provenanceId;
    }

    /** The same result, asked for at another time. */
    ResultRow askedFor(Instant time) {
        return new ResultRow(id, model, subject, time, result, parts, provenanceId);
    }
}
