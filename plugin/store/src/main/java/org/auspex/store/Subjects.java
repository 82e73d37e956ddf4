package org.auspex.store;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.evidence.Subject;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Resource;

/** Finds whom a reference means. */
public final class Subjects {

    private final FhirStore store;

    Subjects(FhirStore store) {
        this.store = store;
    }

    /** The subject behind such as {@code Patient/1} or {@code DocumentReference/2}; empty if it is not in the store. */
    public Optional<Subject> find(String reference) {
        return subject(reference, store.find(reference));
    }

    /** The same, if a client's request may read it. */
    public Optional<Subject> find(String reference, RequestDetails request) {
        return subject(reference, store.find(reference, request));
    }

    /** {@code ImagingStudy/1}, if a client's request may read it. */
    public Optional<ImagingStudy> study(String reference, RequestDetails request) {
        return store.find(reference, request)
                .filter(ImagingStudy.class::isInstance)
                .map(ImagingStudy.class::cast);
    }

    private static Optional<Subject> subject(String reference, Optional<Resource> found) {
        return found.flatMap(Compartment::patient)
                .map(Compartment::plain)
                .map(patient -> new Subject(reference, patient));
    }
}
