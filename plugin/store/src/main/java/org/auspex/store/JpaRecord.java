package org.auspex.store;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryResourceMatcher;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.ParamPrefixEnum;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.evidence.Merged;
import org.auspex.kernel.evidence.RecordSource;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.evidence.TooMuchEvidence;
import org.auspex.kernel.evidence.Vocabulary;
import org.auspex.kernel.features.Criteria;
import org.auspex.terminology.Code;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.transaction.support.TransactionTemplate;

/** The record in the server's own store: one search per resource type, however many subjects there are. */
public final class JpaRecord implements RecordSource {

    private static final Duration SHORT = Duration.ofDays(2);

    private final FhirStore store;
    private final InMemoryResourceMatcher matcher;
    private final ISearchParamRegistry parameters;
    private final Vocabulary vocabulary;
    private final int limit;
    private final TransactionTemplate reading;
    private final Clock clock;

    /**
     * @param limit resources of one type that one question may read
     */
    JpaRecord(
            JpaStore parts,
            InMemoryResourceMatcher matcher,
            ISearchParamRegistry parameters,
            Vocabulary vocabulary,
            int limit) {
        this.store = parts.store();
        this.clock = parts.clock();
        this.matcher = matcher;
        this.parameters = parameters;
        this.vocabulary = vocabulary;
        this.limit = limit;
        // Otherwise Hibernate looks for changes in all that it has read at each further query: with many resources most
        // of the time.
        this.reading = new TransactionTemplate(parts.transactions());
        this.reading.setReadOnly(true);
    }

    @Override
    public Map<Subject, List<Resource>> fetch(
            List<Subject> subjects, List<Criteria> criteria, Optional<Instant> since) {
        var found = new ArrayList<>(search("Patient", byId(subjects)));
        var remaining = Merged.remaining(found);
        var patients = new LinkedHashSet<>(remaining.keySet());
        subjects.forEach(subject -> patients.add(subject.patient()));
        found.addAll(search("Consent", ofPatients(patients)));
        for (var type : types(criteria)) {
            found.addAll(about(type, patients, criteria, since));
        }
        return bySubject(subjects, found, remaining);
    }

    /**
     * Of several patients everything is read and the codes looked at here, if it is not too much: on H2 HAPI's query for
     * many patients and codes goes through the codes of everybody in the store.
     */
    private List<Resource> about(String type, Set<String> patients, List<Criteria> criteria, Optional<Instant> since) {
        var query = query(type, patients, criteria, since);
        if (patients.size() == 1 || !isByCode(query)) {
            return search(type, query);
        }
        try {
            return search(type, withoutCodes(type, patients, since));
        } catch (TooMuchEvidence e) {
            return search(type, query);
        }
    }

    private static boolean isByCode(SearchParameterMap query) {
        return query.containsKey("combo-code") || query.containsKey("code");
    }

    @Override
    public boolean matches(Resource resource, String query) {
        return matcher.match(resource.fhirType() + "?" + query, resource, null).matched();
    }

    /** Why criteria cannot be used in a card; empty when they can. */
    public Optional<String> problem(Criteria criteria) {
        var type = criteria.resourceType();
        if (!type.equals("Patient") && !has(type, "patient")) {
            return Optional.of(type + " has no search parameter 'patient'");
        }
        if (!criteria.codes().isEmpty() && !has(type, "code")) {
            return Optional.of(type + " has no search parameter 'code'");
        }
        if (criteria.query().isEmpty()) {
            return Optional.empty();
        }
        return unsupported(type + "?" + criteria.query());
    }

    private Optional<String> unsupported(String search) {
        try {
            var result = matcher.canBeEvaluatedInMemory(search);
            return result.supported() ? Optional.empty() : Optional.of(String.valueOf(result.getUnsupportedReason()));
        } catch (RuntimeException e) {
            // HAPI reports an unknown parameter by one of several exceptions; each message names it.
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private List<Resource> search(String type, SearchParameterMap query) {
        query.setLoadSynchronousUpTo(limit + 1);
        var found = Objects.requireNonNull(reading.execute(status -> store.search(type, query)));
        if (found.size() > limit) {
            throw new TooMuchEvidence(type, limit);
        }
        return found;
    }

    private static SearchParameterMap byId(List<Subject> subjects) {
        var ids = new TokenOrListParam();
        subjects.stream().map(Subject::patient).distinct().forEach(patient -> ids.add(id(patient)));
        return new SearchParameterMap().add("_id", ids);
    }

    private static SearchParameterMap ofPatients(Set<String> patients) {
        var references = new ReferenceOrListParam();
        patients.forEach(patient -> references.add(new ReferenceParam(patient)));
        return new SearchParameterMap().add("patient", references);
    }

    private SearchParameterMap query(
            String type, Set<String> patients, List<Criteria> criteria, Optional<Instant> since) {
        var query = withoutCodes(type, patients, since);
        codes(type, criteria)
                .filter(tokens -> !isShort(type, since))
                .ifPresent(tokens -> query.add(has(type, "combo-code") ? "combo-code" : "code", tokens));
        return query;
    }

    private static SearchParameterMap withoutCodes(String type, Set<String> patients, Optional<Instant> since) {
        var query = ofPatients(patients);
        if (type.equals("Observation")) {
            since.ifPresent(earliest ->
                    query.add("date", new DateParam(ParamPrefixEnum.GREATERTHAN_OR_EQUALS, Date.from(earliest))));
        }
        return query;
    }

    /**
     * Within a short window all of a patient's Observations are read and the codes looked at here: on H2 HAPI's query for
     * patient and code takes a time that grows with the square of their number (3,000: 2.5 s, without codes 0.04 s).
     */
    private boolean isShort(String type, Optional<Instant> since) {
        return type.equals("Observation")
                && since.map(earliest -> earliest.isAfter(clock.instant().minus(SHORT)))
                        .orElse(false);
    }

    /**
     * All codes of the type's criteria, also as the site writes them; empty as soon as one of them means any code, or a
     * whole ValueSet, and for medicines, whose code may stand in another resource: then the reader looks at the codes.
     */
    private Optional<TokenOrListParam> codes(String type, List<Criteria> criteria) {
        if (type.startsWith("Medication")) {
            return Optional.empty();
        }
        Set<Code> codes = new LinkedHashSet<>();
        for (var one : criteria) {
            if (one.resourceType().equals(type)) {
                if (one.isAnyCode() || !one.valueSets().isEmpty()) {
                    return Optional.empty();
                }
                one.codes().forEach(code -> codes.addAll(vocabulary.spellings(code)));
            }
        }
        var tokens = new TokenOrListParam();
        codes.forEach(code -> tokens.add(
                code.system().isEmpty() ? new TokenParam(code.code()) : new TokenParam(code.system(), code.code())));
        return Optional.of(tokens);
    }

    private static Set<String> types(List<Criteria> criteria) {
        var types = new LinkedHashSet<String>();
        criteria.forEach(one -> types.add(one.resourceType()));
        types.removeAll(Set.of("Patient", "Consent"));
        return types;
    }

    private static Map<Subject, List<Resource>> bySubject(
            List<Subject> subjects, List<Resource> found, Map<String, String> remaining) {
        var byPatient = new HashMap<String, List<Resource>>();
        found.forEach(resource -> Compartment.patient(resource)
                .map(Compartment::plain)
                .map(patient -> remaining.getOrDefault(patient, patient))
                .ifPresent(patient -> byPatient
                        .computeIfAbsent(patient, key -> new ArrayList<>())
                        .add(resource)));
        var bySubject = new HashMap<Subject, List<Resource>>();
        for (var subject : new HashSet<>(subjects)) {
            var all = byPatient.getOrDefault(subject.patient(), List.of());
            bySubject.put(
                    subject,
                    all.stream().filter(resource -> isPartOf(resource, subject)).toList());
        }
        return bySubject;
    }

    private static boolean isPartOf(Resource resource, Subject subject) {
        return (!subject.isEncounter()
                        && subject.isOwn(
                                resource.fhirType(), resource.getIdElement().getIdPart()))
                || resource.fhirType().equals("Patient")
                || resource.fhirType().equals("Consent")
                || Compartment.encounter(resource).map(Compartment::plain).equals(Optional.of(subject.reference()));
    }

    private boolean has(String type, String parameter) {
        return parameters.getActiveSearchParam(
                        type, parameter, ISearchParamRegistry.SearchParamLookupContextEnum.SEARCH)
                != null;
    }

    private static String id(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }
}
