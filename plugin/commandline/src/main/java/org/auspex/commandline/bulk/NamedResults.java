package org.auspex.commandline.bulk;

import java.util.Optional;
import org.auspex.kernel.FindingsWriter;
import org.auspex.kernel.Written;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.model.ModelCard;
import org.hl7.fhir.r4.model.Reference;

/**
 * Gives results ids that follow from their identity, so that a server into which they are loaded twice has them once, and
 * that they can refer to one another.
 */
final class NamedResults implements FindingsWriter {

    /** FHIR ids have at most 64 characters. */
    private static final int HASH = 57;

    @Override
    public Written write(ModelCard card, Finding finding) {
        var id = "auspex-" + finding.identity().hash().substring(0, HASH);
        finding.resources().forEach(resource -> resource.setId(id));
        var targets = finding.resources().stream()
                .map(result -> new Reference(result.fhirType() + "/" + id))
                .toList();
        var provenance = finding.provenance(targets);
        provenance.setId(id);
        return new Written(finding.result(), finding.parts(), Optional.of(provenance));
    }
}
