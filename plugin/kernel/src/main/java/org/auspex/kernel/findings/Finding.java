package org.auspex.kernel.findings;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.model.ModelId;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;

/**
 * One outcome as FHIR resources, not yet stored.
 *
 * @param basis every value that was read, with where it stood
 * @param result what is said; it stands for the whole wherever one resource is named
 * @param parts further resources that belong to it, such as the Observation with the points of a score; where the result refers to
 *     one of them, that one has an id {@code urn:uuid:...}
 * @param beside what is kept beside the images it is about, before the rest is stored
 * @param provenance without targets; use {@link #provenance(List)}
 */
public record Finding(
        Identity identity,
        ModelId model,
        Subject subject,
        Instant asOf,
        List<Piece> basis,
        DomainResource result,
        List<DomainResource> parts,
        List<Sighting> beside,
        Provenance provenance) {

    public Finding {
        basis = List.copyOf(basis);
        parts = List.copyOf(parts);
        beside = List.copyOf(beside);
    }

    /** The same with resources of its own, which whoever stores them may change. */
    public Finding copy() {
        return new Finding(
                identity,
                model,
                subject,
                asOf,
                basis,
                (DomainResource) result.copy(),
                parts.stream().map(part -> (DomainResource) part.copy()).toList(),
                beside,
                provenance);
    }

    /** All that is to be stored, what the result refers to first; without the Provenance. */
    public List<DomainResource> resources() {
        return Stream.concat(parts.stream(), Stream.of(result)).toList();
    }

    /** The Provenance of these results, once they have references. */
    public Provenance provenance(List<Reference> targets) {
        return provenance.copy().setTarget(targets);
    }
}
