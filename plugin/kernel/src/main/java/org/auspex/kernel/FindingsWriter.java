package org.auspex.kernel;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.model.ModelCard;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Where findings go: the server's store, or nowhere but the answer. */
@FunctionalInterface
public interface FindingsWriter {

    /** Findings that are only answered. Their references stay inside of the answer, and no archive gets anything. */
    FindingsWriter NOWHERE = (card, finding) -> unstored(finding);

    /** One such finding. */
    static Written unstored(Finding kept) {
        var finding = kept.unkept();
        var targets = finding.resources().stream().map(FindingsWriter::named).toList();
        return new Written(finding.result(), finding.parts(), Optional.of(finding.provenance(targets)));
    }

    /**
     * Writes a finding once, what is kept beside images first. If the same was written before, or is being written by another at this moment, returns
     * that one.
     */
    Written write(ModelCard card, Finding finding);

    /**
     * The same for many findings of one model, together where that is faster. One that cannot be written fails alone.
     *
     * @return one for each finding, in their order
     */
    default List<Attempt> writeAll(ModelCard card, List<Finding> findings) {
        return findings.stream().map(finding -> attempt(card, finding)).toList();
    }

    /** The same, with what each result settles done in its transaction. Without a transaction, it is done afterwards. */
    default FindingsWriter settling(Settlement settlement) {
        return (card, finding) -> {
            var written = write(card, finding);
            settlement.settle(finding.subject(), written);
            return written;
        };
    }

    private static Reference named(Resource resource) {
        if (!resource.hasId()) {
            resource.setId("urn:uuid:" + UUID.randomUUID());
        }
        return new Reference(resource.getIdElement().getValue());
    }

    private Attempt attempt(ModelCard card, Finding finding) {
        try {
            return Attempt.succeeded(write(card, finding));
        } catch (RuntimeException e) {
            return Attempt.failed(e);
        }
    }
}
