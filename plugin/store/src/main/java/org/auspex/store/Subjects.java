package org.auspex.store;

import java.util.Optional;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.evidence.Subject;

/** Finds whom a reference means. */
public final class Subjects {

    private final FhirStore store;

    Subjects(FhirStore store) {
        this.store = store;
    }

    /** The subject behind {@code Patient/1} or {@code Encounter/2}; empty if it is not in the store. */
    public Optional<Subject> find(String reference) {
        var slash = reference.indexOf('/');
        return store.find(reference.substring(0, slash), reference.substring(slash + 1))
                .flatMap(Compartment::patient)
                .map(Compartment::plain)
                .map(patient -> new Subject(reference, patient));
    }
}
