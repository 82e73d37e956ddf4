package org.auspex.operations.predict;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.inference.Priority;
import org.auspex.operations.Arguments;
import org.auspex.operations.job.JobOrder;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of {@code $predict}, checked.
 *
 * @param models as the client named them; empty = all that fit
 * @param subject {@code Patient/1}, {@code Encounter/2} or {@code Group/3}; empty with {@code data} = every subject in it
 * @param cohort a search that finds whom it is about, instead of a subject
 * @param data the record to use instead of the store
 * @param asOf empty = now
 * @param priority whose turn it is when a model has much to do; empty = as fits the question
 */
record PredictRequest(
        List<String> models,
        Optional<String> subject,
        Optional<String> cohort,
        Optional<Bundle> data,
        Optional<Instant> asOf,
        boolean persist,
        boolean explain,
        Optional<Priority> priority) {

    private static final Set<String> NAMES =
            Set.of("model", "subject", "cohort", "data", "asOf", "persist", "explain", "priority");

    /** Whether results go into the record and are about the present. */
    boolean isStoredNow() {
        return persist && asOf.isEmpty();
    }

    /**
     * Reads the body of a request.
     *
     * @param instance the subject in the URL
     * @throws InvalidRequestException with everything that is wrong with it
     */
    static PredictRequest parse(@Nullable IBaseResource body, Optional<String> instance, Instant now) {
        return Arguments.of(body, "$predict", NAMES).checked(given -> new Reading(given).request(instance, now));
    }

    /** Whether it is about many, however many they are, so that the answer cannot be waited for. */
    boolean isAboutMany() {
        return cohort.isPresent()
                || subject.filter(reference -> reference.startsWith("Group/")).isPresent();
    }

    /**
     * The same as an order whose answer is fetched later.
     *
     * @throws InvalidRequestException if it asks for what only a request that is waited for can have
     */
    JobOrder order(Instant now) {
        var problems = new ArrayList<String>();
        if (data.isPresent()) {
            problems.add("data can only be sent with a request that is waited for; leave out Prefer: respond-async");
        }
        if (explain) {
            problems.add(
                    "Explanations are not kept, so explain is only for a request about one subject that is waited for");
        }
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(String.join("; ", problems));
        }
        return new JobOrder(
                models,
                cohort.or(() -> subject).orElseThrow(),
                cohort.isPresent(),
                asOf.orElse(now),
                persist,
                priority.orElse(isAboutMany() ? Priority.ROUTINE : Priority.URGENT));
    }

    /** One pass over the parameters that collects every problem. */
    private record Reading(Arguments given) {

        PredictRequest request(Optional<String> instance, Instant now) {
            var data = data();
            var cohort = cohort();
            var subject = subject(instance);
            var whom =
                    Stream.of(data, cohort, subject).filter(Optional::isPresent).count();
            if (whom == 0) {
                given.problem(
                        "Name a subject (Reference to a Patient, Encounter, ImagingStudy, DocumentReference or Group), search for a cohort"
                                + " (Patient?...), or send the record as data (Bundle)");
            }
            if (cohort.isPresent() && whom > 1) {
                given.problem("A cohort is all there is; leave out subject and data, and the id in the URL");
            }
            var persist = given.truth("persist");
            if (data.isPresent() && persist.orElse(false)) {
                given.problem("What is sent as data is never stored; leave persist out or set it to false");
            }
            return new PredictRequest(
                    models(),
                    subject,
                    cohort,
                    data,
                    given.asOf(now, "; leave it out to predict now"),
                    persist.orElse(data.isEmpty()),
                    given.truth("explain").orElse(false),
                    priority());
        }

        private List<String> models() {
            return given.values("model")
                    .map(Type::primitiveValue)
                    .filter(name -> {
                        var named = name != null && !name.isBlank();
                        if (!named) {
                            given.problem("model is a string: a name, or name|version");
                        }
                        return named;
                    })
                    .distinct()
                    .toList();
        }

        private Optional<String> subject(Optional<String> instance) {
            var named = given.value("subject").flatMap(value -> {
                if (value instanceof Reference reference && reference.hasReference()) {
                    return Optional.of(Compartment.plain(reference.getReference()));
                }
                given.problem("subject is a Reference such as Patient/1");
                return Optional.empty();
            });
            named.filter(reference -> !reference.matches(
                            "(Patient|Encounter|ImagingStudy|DocumentReference|Group)/[A-Za-z0-9.-]{1,64}"))
                    .ifPresent(reference -> given.problem(
                            "subject '%s' is no Patient, Encounter, ImagingStudy, DocumentReference or Group; write Patient/ID"
                                    .formatted(reference)));
            if (instance.isPresent() && named.isPresent() && !named.equals(instance)) {
                given.problem("subject '%s' is not the '%s' of the URL; leave subject out"
                        .formatted(named.get(), instance.get()));
            }
            return instance.or(() -> named);
        }

        private Optional<String> cohort() {
            return given.value("cohort").map(value -> String.valueOf(value.primitiveValue()));
        }

        private Optional<Bundle> data() {
            var bundles = given.named("data").toList();
            if (bundles.size() > 1) {
                given.problem("data is given %d times; send one Bundle".formatted(bundles.size()));
            }
            return bundles.stream().findFirst().flatMap(parameter -> {
                if (parameter.getResource() instanceof Bundle bundle) {
                    return Optional.of(bundle);
                }
                given.problem("data is a Bundle, in parameter.resource");
                return Optional.empty();
            });
        }

        private Optional<Priority> priority() {
            return given.value("priority").map(Type::primitiveValue).map(code -> {
                if (!code.equals("urgent") && !code.equals("routine")) {
                    given.problem("priority '%s' is neither urgent nor routine".formatted(code));
                }
                return code.equals("routine") ? Priority.ROUTINE : Priority.URGENT;
            });
        }
    }
}
