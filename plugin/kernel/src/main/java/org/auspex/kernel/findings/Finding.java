package org.auspex.kernel.findings;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;

/**
 * One outcome as FHIR resources, not yet stored.
 *
 * @param basis every value that was read, with where it stood
 * @param score the Observation with the points, for a score
 * @param provenance without targets; use {@link #provenance(List)}
 */
public record Finding(
        Identity identity,
        ModelId model,
        Subject subject,
        Instant asOf,
        List<Piece> basis,
        Optional<Observation> score,
        RiskAssessment risk,
        Provenance provenance) {

    public Finding {
        basis = List.copyOf(basis);
    }

    /** The Provenance of these results, once they have references. */
    public Provenance provenance(List<Reference> targets) {
        return provenance.copy().setTarget(targets);
    }
}
