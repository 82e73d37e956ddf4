package org.auspex.store;

import java.time.Instant;
import java.util.Optional;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;

/** A result as our own tables know it. Ids are logical ids without type. */
record ResultRow(
        long id,
        ModelId model,
        Subject subject,
        Instant asOf,
        String riskId,
        Optional<String> scoreId,
        String provenanceId) {}
