package org.auspex.store;

import ca.uhn.fhir.context.FhirContext;
import org.auspex.terminology.Conformance;
import org.hl7.fhir.r4.model.Resource;

/** Puts the conformance resources that Auspex publishes into the store, so that clients can read them. */
public final class Publication {

    private final FhirStore store;

    Publication(FhirStore store) {
        this.store = store;
    }

    /** Stores each of them; one that is there unchanged makes no new version. */
    public void publish(FhirContext fhir) {
        var parser = fhir.newJsonParser();
        Conformance.resources().forEach(json -> store.update((Resource) parser.parseResource(json)));
    }
}
