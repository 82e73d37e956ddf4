package org.auspex.store;

import java.time.Instant;
import java.util.Optional;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.findings.Finding;
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

    /** The row of a finding whose resources are not written yet. */
    static ResultRow taken(long id, Finding finding) {
        return new ResultRow(id, finding.model(), finding.subject(), finding.asOf(), "", Optional.empty(), "");
    }

    /** The same result, asked for at another time. */
    ResultRow askedFor(Instant time) {
        return new ResultRow(id, model, subject, time, riskId, scoreId, provenanceId);
    }
}
