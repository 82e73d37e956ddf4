package org.auspex.store;

import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.evidence.Subject;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** Whom a client means by a Group or by a search, as far as its request may read them. */
public final class Members {

    /** So many resources are in memory at a time; of what was read only the references stay. */
    private static final int PAGE = 500;

    private final FhirStore store;
    private final MatchUrlService searches;
    private final int limit;

    /**
     * @param limit members that one cohort may have
     */
    Members(FhirStore store, MatchUrlService searches, int limit) {
        this.store = store;
        this.searches = searches;
        this.limit = limit;
    }

    /**
     * The members of a Group, each once. One that is no patient, or no member at the time, is named with the reason.
     *
     * @param reference such as {@code Group/1}
     * @return empty if the Group is not in the store
     * @throws CohortRefused if the Group describes its members instead of naming them, or has too many
     */
    public Optional<List<Member>> ofGroup(String reference, Instant asOf, RequestDetails request) {
        return store.find(reference, request).map(Group.class::cast).map(group -> {
            if (!group.getActual()) {
                throw new CohortRefused(
                        "%s describes its members and names none; ask with a search, as 'cohort'".formatted(reference));
            }
            requireLimit(group.getMember().size(), reference);
            var members = new LinkedHashMap<String, Member>();
            for (int i = 0; i < group.getMember().size(); i++) {
                var member = group.getMember().get(i);
                var plain = Compartment.plain(member.getEntity().getReference());
                var known = plain.isEmpty() ? "%s#member-%d".formatted(reference, i + 1) : plain;
                members.put(known, member(known, member, asOf));
            }
            return store.isPartitioned() ? readable(members, request) : List.copyOf(members.values());
        });
    }

    private static Member member(String reference, Group.GroupMemberComponent member, Instant asOf) {
        if (reference.contains("#")) {
            return Member.excluded(reference, "the member has no reference");
        }
        if (!reference.matches("Patient/[A-Za-z0-9.-]{1,64}")) {
            return Member.excluded(reference, "the member is no Patient");
        }
        if (member.getInactive()) {
            return Member.excluded(reference, "the member is inactive");
        }
        var period = member.getPeriod();
        if (period.hasEnd() && period.getEnd().toInstant().isBefore(asOf)) {
            return Member.excluded(reference, "the membership had ended");
        }
        if (period.hasStart() && period.getStart().toInstant().isAfter(asOf)) {
            return Member.excluded(reference, "the membership had not begun");
        }
        return Member.of(Subject.patient(reference), Optional.empty());
    }

    /** A Group may name patients of another tenant, whom this request may not read. */
    private List<Member> readable(Map<String, Member> members, RequestDetails request) {
        var asked = members.values().stream()
                .filter(member -> member.excluded().isEmpty())
                .map(member -> member.subject().reference())
                .toList();
        var found = new HashMap<String, Resource>();
        for (int from = 0; from < asked.size(); from += PAGE) {
            var page = asked.subList(from, Math.min(asked.size(), from + PAGE));
            store.findAll(Patient.class, page.stream().map(Members::id).toList(), request)
                    .forEach((id, patient) -> found.put("Patient/" + id, patient));
        }
        return members.entrySet().stream()
                .map(entry -> entry.getValue().excluded().isPresent()
                        ? entry.getValue()
                        : Optional.ofNullable(found.get(entry.getKey()))
                                .map(patient -> Member.of(entry.getValue().subject(), Partitions.number(patient)))
                                .orElseGet(() -> Member.excluded(entry.getKey(), "the patient is not on this server")))
                .toList();
    }

    /**
     * Whom the resources that a search finds are about, each once: patients, or encounters if it searches for those.
     *
     * @param search such as {@code Observation?code=8480-6}; its order, page size and included resources do not matter
     * @throws CohortRefused if it is no search of this server, or finds too many
     */
    public List<Member> found(String search, RequestDetails request) {
        return found(search, "Encounter", request);
    }

    /**
     * The studies that a search finds or, if it searches for something else, the patients whom that is about.
     *
     * @throws CohortRefused if it is no search of this server, or finds too many
     */
    public List<Member> studies(String search, RequestDetails request) {
        return found(search, "ImagingStudy", request);
    }

    /** @param subjects the type of which the resources themselves are meant */
    private List<Member> found(String search, String subjects, RequestDetails request) {
        var type = search.substring(0, Math.max(0, search.indexOf('?')));
        if (!store.has(type)) {
            throw new CohortRefused("'%s' is no search; write it as Patient?birthdate=lt1960-01-01".formatted(search));
        }
        var members = new LinkedHashMap<String, Member>();
        var read = 0;
        for (var page = page(type, search, 0, request);
                !page.isEmpty();
                page = page.size() < PAGE ? List.of() : page(type, search, read, request)) {
            page.forEach(resource -> {
                var member = about(resource, subjects);
                members.putIfAbsent(member.subject().reference(), member);
            });
            read += page.size();
            requireLimit(members.size(), search);
        }
        return new ArrayList<>(members.values());
    }

    private List<Resource> page(String type, String search, int from, RequestDetails request) {
        return store.page(type, searches.parseAndTranslateMatchUrl(search).searchParameterMap(), from, PAGE, request);
    }

    private static Member about(Resource resource, String subjects) {
        var reference = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
        var partition = Partitions.number(resource);
        return Compartment.patient(resource)
                .map(Compartment::plain)
                .map(patient -> resource.fhirType().equals(subjects)
                        ? new Subject(reference, patient)
                        : Subject.patient(patient))
                .map(subject -> Member.of(subject, partition))
                .orElseGet(() -> Member.excluded(reference, "it names no patient"));
    }

    private void requireLimit(int size, String cohort) {
        if (size > limit) {
            throw new CohortRefused(
                    "'%s' has more than %d members; ask about parts of it, or set auspex.jobs.max-subjects"
                            .formatted(cohort, limit));
        }
    }

    private static String id(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }
}
