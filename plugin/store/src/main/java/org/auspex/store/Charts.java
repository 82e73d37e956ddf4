package org.auspex.store;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.evidence.Standing;
import org.hl7.fhir.r4.model.Resource;

/** The entries of a patient's record that are evidence, where a client's request may read. */
public final class Charts {

    /** Of one type, newest first; what is older is not looked at. */
    public static final int NEWEST = 500;

    /** Each type with what tells its age. */
    private static final Map<String, String> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("Condition", "recorded-date");
        TYPES.put("MedicationRequest", "authoredon");
        TYPES.put("MedicationStatement", "effective");
        TYPES.put("AllergyIntolerance", "date");
        TYPES.put("Observation", "date");
    }

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
        return TYPES.entrySet().stream()
                .filter(type -> store.has(type.getKey()))
                .flatMap(type -> newest(type.getKey(), type.getValue(), patient, request).stream())
                .filter(Standing::isEvidence)
                .filter(resource -> !Triggers.isOurs(resource))
                .toList();
    }

    private List<Resource> newest(String type, String age, String patient, RequestDetails request) {
        var search = new SearchParameterMap().add("patient", new ReferenceParam(patient));
        search.setSort(new SortSpec(age, SortOrderEnum.DESC));
        search.setLoadSynchronousUpTo(NEWEST);
        return store.search(type, search, request);
    }
}
