package org.auspex.store;

import java.time.Instant;
import java.util.Optional;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;

/** A result as our own tables know it. Ids are logical ids without type, empty until the resources are written. */
record ResultRow(
        long id,
        ModelId model,
        Subject subject,
        Instant asOf,
        String riskId,
        Optional<String> scoreId,
        String provenanceId) {

    /** The same result, asked for at another time. */
    ResultRow askedFor(Instant time) {
        return new ResultRow(id, model, subject, time, riskId, scoreId, provenanceId);
    }
}
