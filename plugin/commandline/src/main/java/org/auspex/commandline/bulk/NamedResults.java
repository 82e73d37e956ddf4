package org.auspex.commandline.bulk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
import org.auspex.kernel.FindingsWriter;
import org.auspex.kernel.Written;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.model.ModelCard;
import org.hl7.fhir.r4.model.ListResource;
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
        var named = new HashMap<String, String>();
        var taken = new HashSet<String>();
        var targets = new ArrayList<Reference>();
        finding.resources().forEach(resource -> {
            var own = taken.add(resource.fhirType()) ? id : numbered(id, targets.size());
            var before = String.valueOf(resource.getId());
            resource.setId(own);
            named.put(before, resource.fhirType() + "/" + own);
            targets.add(new Reference(resource.fhirType() + "/" + own));
        });
        if (finding.result() instanceof ListResource list) {
            list.getEntry().stream()
                    .map(ListResource.ListEntryComponent::getItem)
                    .filter(Reference::hasReference)
                    .forEach(item -> item.setReference(named.get(item.getReference())));
        }
        var provenance = finding.provenance(targets);
        provenance.setId(id);
        return new Written(finding.result(), finding.parts(), Optional.of(provenance));
    }

    /** Of several of a type the first has the id that it would have alone. */
    private static String numbered(String id, int number) {
        var suffix = "-" + number;
        return id.substring(0, id.length() - suffix.length()) + suffix;
    }
}
