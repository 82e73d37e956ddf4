package org.auspex.store;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.evidence.Compartment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Documents about patients, and what they are filed under, where a client's request may read. */
public final class Notes {

    /** Documents that are looked at: notes can be large. */
    public static final int NEWEST = 100;

    private final FhirStore store;

    Notes(FhirStore store) {
        this.store = store;
    }

    public Optional<DocumentReference> document(String reference, RequestDetails request) {
        return find(DocumentReference.class, reference, request);
    }

    public Optional<Patient> patient(String reference, RequestDetails request) {
        return find(Patient.class, reference, request);
    }

    public Optional<Encounter> encounter(String reference, RequestDetails request) {
        return find(Encounter.class, reference, request);
    }

    /** The encounter that a document names first; empty if it names none that is here. */
    public Optional<Encounter> encounter(DocumentReference document, RequestDetails request) {
        return document.getContext().getEncounter().stream()
                .filter(Reference::hasReference)
                .map(named -> Compartment.plain(named.getReference()))
                .flatMap(named -> find(Encounter.class, named, request).stream())
                .findFirst();
    }

    /** The bytes of {@code Binary/1}; empty if there is none. */
    public Optional<byte[]> bytes(String binary, RequestDetails request) {
        return find(Binary.class, binary, request).map(found -> found.hasData() ? found.getData() : new byte[0]);
    }

    /** The same for the server itself, when it reads evidence. */
    public Optional<byte[]> bytes(String binary) {
        return store.find(binary)
                .filter(Binary.class::isInstance)
                .map(found -> ((Binary) found).hasData() ? ((Binary) found).getData() : new byte[0]);
    }

    /**
     * Current documents that others stored, newest first, at most {@value #NEWEST}.
     *
     * @param about {@code Patient/1} or {@code Encounter/2}
     */
    public List<DocumentReference> newest(String about, RequestDetails request) {
        var search = new SearchParameterMap()
                .add(about.startsWith("Encounter/") ? "encounter" : "patient", new ReferenceParam(about))
                .add("status", new TokenParam("current"));
        search.setSort(new SortSpec("date", SortOrderEnum.DESC));
        search.setLoadSynchronousUpTo(NEWEST);
        return store.search("DocumentReference", search, request).stream()
                .map(DocumentReference.class::cast)
                .filter(document -> !Triggers.isOurs(document))
                .toList();
    }

    private <T extends Resource> Optional<T> find(Class<T> type, String reference, RequestDetails request) {
        return store.find(reference, request).filter(type::isInstance).map(type::cast);
    }
}
