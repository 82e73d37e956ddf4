package org.auspex.store;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.stream.Collectors;
import org.auspex.terminology.Conformance;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.SearchParameter;

/** Puts the conformance resources that Auspex publishes into the store, so that clients can read them. */
public final class Publication {

    private final FhirStore store;
    private final ISearchParamRegistry parameters;

    Publication(FhirStore store, ISearchParamRegistry parameters) {
        this.store = store;
        this.parameters = parameters;
    }

    /** Stores those that are not there yet in this version: what a site has changed since stays as it is. */
    public void publish(FhirContext fhir) {
        var parser = fhir.newJsonParser();
        var stored = Conformance.resources().stream()
                .map(json -> (Resource) parser.parseResource(json))
                .filter(resource -> !isStored(resource))
                .map(store::update)
                .toList();
        if (stored.stream().anyMatch(SearchParameter.class::isInstance)) {
            parameters.forceRefresh();
        }
    }

    private boolean isStored(Resource resource) {
        return store.find(resource.fhirType(), resource.getIdElement().getIdPart())
                .map(there -> version(there).equals(version(resource)))
                .orElse(false);
    }

    private static String version(Resource resource) {
        return resource.getNamedProperty("version").getValues().stream()
                .map(Base::primitiveValue)
                .collect(Collectors.joining());
    }
}
