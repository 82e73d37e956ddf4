package org.auspex.operations.evaluate;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.auspex.kernel.appraisal.PatientGroups;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.operations.Arguments;
import org.auspex.store.Member;
import org.auspex.store.Members;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;

/**
 * Whom a model is judged on.
 *
 * @param group such as {@code Group/1}; empty = whom {@code query} finds
 * @param by the ways of sorting them
 */
record Whom(Optional<String> group, Optional<String> query, List<PatientGroups> by) {

    /** Reads it of the arguments, which get what is wrong. */
    static Whom of(Arguments given) {
        var group = given.value("cohort").map(value -> group(value, given));
        var query = given.text("query");
        if (group.isPresent() == query.isPresent()) {
            given.problem(
                    "Name whom to judge it on, by cohort (a Reference to a Group) or by query (a search), and not by both");
        }
        var by = given.values("subgroup").flatMap(value -> by(value, given)).distinct();
        return new Whom(group, query, by.toList());
    }

    private static String group(Type value, Arguments given) {
        var named = value instanceof Reference reference && reference.hasReference()
                ? Compartment.plain(reference.getReference())
                : String.valueOf(value.primitiveValue());
        if (!named.matches("Group/[A-Za-z0-9.-]{1,64}")) {
            given.problem("cohort '%s' is no Reference to a Group; write Group/ID, or give a search as query"
                    .formatted(named));
        }
        return named;
    }

    private static Stream<PatientGroups> by(Type value, Arguments given) {
        var name = String.valueOf(value.primitiveValue());
        var found = Stream.of(PatientGroups.values())
                .filter(groups -> groups.name().toLowerCase(Locale.ROOT).equals(name))
                .toList();
        if (found.isEmpty()) {
            given.problem("subgroup '%s' is unknown; known are sex and age".formatted(name));
        }
        return found.stream();
    }

    /** The Group, or the search. */
    String source() {
        return group.or(() -> query).orElseThrow();
    }

    /**
     * Those whom the request may read.
     *
     * @param found what a search means
     * @throws ResourceNotFoundException if there is no such Group
     */
    List<Member> members(Members members, Function<String, List<Member>> found, Instant asOf, RequestDetails http) {
        return group.map(reference -> members.ofGroup(reference, asOf, http)
                        .orElseThrow(
                                () -> new ResourceNotFoundException("%s is not on this server".formatted(reference))))
                .orElseGet(() -> found.apply(query.orElseThrow()));
    }
}
