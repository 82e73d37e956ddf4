package org.auspex.store;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.util.List;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.evidence.Standing;
import org.hl7.fhir.r4.model.Resource;

/** The entries of a patient's record that are evidence, where a client's request may read. */
public final class Charts {

    /** Of one type, newest first; what is older is not looked at. */
    public static final int NEWEST = 500;

    /** Each type with what tells its age. */
    private static final List<Kind> KINDS = List.of(
            new Kind("Condition", "recorded-date"),
            new Kind("MedicationRequest", "authoredon"),
            new Kind("MedicationStatement", "effective"),
            new Kind("AllergyIntolerance", "date"),
            new Kind("Observation", "date"),
            new Kind("DiagnosticReport", "date"));

    private record Kind(String type, String age) {}

    private final FhirStore store;

    Charts(FhirStore store) {
        this.store = store;
    }

    /**
     * Without what was entered in error or never held, what an AI asserted, and what we wrote.
     *
     * @param patient {@code Patient/1}
     */
    public List<Resource> entries(String patient, RequestDetails request) {
        return KINDS.stream()
                .filter(kind -> store.has(kind.type()))
                .flatMap(kind -> newest(kind, patient, request).stream())
                .filter(Standing::isEvidence)
                .filter(resource -> !Triggers.isOurs(resource))
                .toList();
    }

    private List<Resource> newest(Kind kind, String patient, RequestDetails request) {
        var search = new SearchParameterMap().add("patient", new ReferenceParam(patient));
        search.setSort(new SortSpec(kind.age(), SortOrderEnum.DESC));
        search.setLoadSynchronousUpTo(NEWEST);
        return store.search(kind.type(), search, request);
    }
}
