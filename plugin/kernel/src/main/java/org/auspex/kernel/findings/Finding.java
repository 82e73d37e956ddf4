package org.auspex.kernel.findings;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.model.ModelId;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;

/**
 * One outcome as FHIR resources, not yet stored. What it says is made when somebody asks for it: a result that stands already needs no
 * pictures.
 *
 * @param basis every value that was read, with where it stood
 * @param pictured whether it is about images, beside which something may be kept
 * @param said what is said; made once
 * @param provenance without targets; use {@link #provenance(List)}
 */
public record Finding(
        Identity identity,
        ModelId model,
        Subject subject,
        Instant asOf,
        List<Piece> basis,
        boolean pictured,
        Supplier<Said> said,
        Provenance provenance) {

    public Finding {
        basis = List.copyOf(basis);
        said = new Once(said);
    }

    /** The resource that stands for the whole wherever one is named. */
    public DomainResource result() {
        return said.get().result();
    }

    /** Further resources that belong to it, such as the Observation with the points of a score. */
    public List<DomainResource> parts() {
        return said.get().parts();
    }

    /** What is kept beside the images it is about, before the rest is stored. */
    public List<Sighting> beside() {
        return said.get().beside();
    }

    /** The same with resources of its own, which whoever stores them may change. */
    public Finding copy() {
        return with(() -> said.get().copy());
    }

    /** The same as an answer that nothing is kept of: it names no object in an archive. */
    public Finding unkept() {
        return pictured ? with(() -> said.get().unkept()) : this;
    }

    private Finding with(Supplier<Said> other) {
        return new Finding(identity, model, subject, asOf, basis, pictured, other, provenance);
    }

    /** All that is to be stored, what the result refers to first; without the Provenance. */
    public List<DomainResource> resources() {
        return Stream.concat(parts().stream(), Stream.of(result())).toList();
    }

    /** The Provenance of these results, once they have references. */
    public Provenance provenance(List<Reference> targets) {
        return provenance.copy().setTarget(targets);
    }

    /** Makes it once, whoever asks. */
    private static final class Once implements Supplier<Said> {

        private final Supplier<Said> maker;
        private Optional<Said> made = Optional.empty();

        Once(Supplier<Said> maker) {
            this.maker = maker;
        }

        @Override
        public synchronized Said get() {
            if (made.isEmpty()) {
                made = Optional.of(maker.get());
            }
            return made.get();
        }
    }
}
