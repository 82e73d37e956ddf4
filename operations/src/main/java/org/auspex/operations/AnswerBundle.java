package org.auspex.operations;

import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/** What an operation answers when it is more than one resource. */
public final class AnswerBundle {

    private final Bundle bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
    private final String base;

    /**
     * @param base the FHIR base URL, for the entries' full URLs
     */
    public AnswerBundle(String base) {
        this.base = base;
    }

    public void add(Resource resource) {
        var id = resource.getIdElement();
        var url = id.hasIdPart() && !id.getValue().startsWith("urn:")
                ? base + "/" + resource.fhirType() + "/" + id.getIdPart()
                : id.hasIdPart() ? id.getValue() : "urn:uuid:" + UUID.randomUUID();
        bundle.addEntry().setFullUrl(url).setResource(resource);
    }

    public Bundle bundle() {
        return bundle;
    }
}
