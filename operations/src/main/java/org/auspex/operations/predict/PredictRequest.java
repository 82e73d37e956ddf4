package org.auspex.operations.predict;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.inference.Priority;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of {@code $predict}, checked.
 *
 * @param models as the client named them; empty = all that fit
 * @param subject {@code Patient/1} or {@code Encounter/2}; empty with {@code data} = every subject in it
 * @param data the record to use instead of the store
 * @param asOf empty = now
 * @param priority whose turn it is when a model has much to do; who asks waits, so urgent unless they say otherwise
 */
record PredictRequest(
        List<String> models,
        Optional<String> subject,
        Optional<Bundle> data,
        Optional<Instant> asOf,
        boolean persist,
        boolean explain,
        Priority priority) {

    private static final Set<String> NAMES =
            Set.of("model", "subject", "data", "asOf", "persist", "explain", "priority");

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
        if (body != null && !(body instanceof Parameters)) {
            throw new InvalidRequestException(
                    "The body of $predict is a Parameters resource, not a " + body.fhirType());
        }
        var reading = new Reading(body == null ? new Parameters() : (Parameters) body);
        var request = reading.request(instance, now);
        if (!reading.problems.isEmpty()) {
            throw new InvalidRequestException(String.join("; ", reading.problems));
        }
        return request;
    }

    /** One pass over the parameters that collects every problem. */
    private static final class Reading {

        private final Parameters parameters;
        private final List<String> problems = new ArrayList<>();

        Reading(Parameters parameters) {
            this.parameters = parameters;
        }

        PredictRequest request(Optional<String> instance, Instant now) {
            parameters.getParameter().stream()
                    .map(Parameters.ParametersParameterComponent::getName)
                    .filter(name -> name == null || !NAMES.contains(name))
                    .forEach(name -> problems.add("Parameter '%s' is unknown; known are %s"
                            .formatted(name, NAMES.stream().sorted().toList())));
            var data = data();
            var subject = subject(instance);
            if (data.isEmpty() && subject.isEmpty()) {
                problems.add(
                        "Name a subject (Reference to a Patient or Encounter), or send the record as data (Bundle)");
            }
            var persist = truth("persist");
            if (data.isPresent() && persist.orElse(false)) {
                problems.add("What is sent as data is never stored; leave persist out or set it to false");
            }
            return new PredictRequest(
                    models(),
                    subject,
                    data,
                    asOf(now),
                    persist.orElse(data.isEmpty()),
                    truth("explain").orElse(false),
                    priority());
        }

        private List<String> models() {
            return values("model")
                    .map(Type::primitiveValue)
                    .filter(name -> {
                        var named = name != null && !name.isBlank();
                        if (!named) {
                            problems.add("model is a string: a name, or name|version");
                        }
                        return named;
                    })
                    .distinct()
                    .toList();
        }

        private Optional<String> subject(Optional<String> instance) {
            var named = one("subject").flatMap(value -> {
                if (value instanceof Reference reference && reference.hasReference()) {
                    return Optional.of(Compartment.plain(reference.getReference()));
                }
                problems.add("subject is a Reference such as Patient/1");
                return Optional.empty();
            });
            named.filter(reference -> !reference.matches("(Patient|Encounter)/[A-Za-z0-9.-]{1,64}"))
                    .ifPresent(reference -> problems.add(
                            "subject '%s' is no Patient or Encounter; write Patient/ID".formatted(reference)));
            if (instance.isPresent() && named.isPresent() && !named.equals(instance)) {
                problems.add("subject '%s' is not the '%s' of the URL; leave subject out"
                        .formatted(named.get(), instance.get()));
            }
            return instance.or(() -> named);
        }

        private Optional<Bundle> data() {
            var resources = parameters.getParameter().stream()
                    .filter(parameter -> "data".equals(parameter.getName()))
                    .toList();
            if (resources.size() > 1) {
                problems.add("data is given %d times; send one Bundle".formatted(resources.size()));
            }
            return resources.stream()
                    .map(Parameters.ParametersParameterComponent::getResource)
                    .filter(resource -> {
                        if (!(resource instanceof Bundle)) {
                            problems.add("data is a Bundle, in parameter.resource");
                        }
                        return resource instanceof Bundle;
                    })
                    .map(Bundle.class::cast)
                    .findFirst();
        }

        private Optional<Instant> asOf(Instant now) {
            return one("asOf").flatMap(value -> {
                if (!(value instanceof DateTimeType time)
                        || !time.hasValue()
                        || time.getTimeZone() == null
                        || time.getPrecision().ordinal() < TemporalPrecisionEnum.SECOND.ordinal()) {
                    problems.add("asOf '%s' is no dateTime with seconds and zone; write it as 2026-01-15T12:00:00Z"
                            .formatted(value.primitiveValue()));
                    return Optional.empty();
                }
                var asOf = time.getValue().toInstant();
                if (asOf.isAfter(now)) {
                    problems.add("asOf '%s' is in the future; leave it out to predict now"
                            .formatted(time.getValueAsString()));
                }
                return Optional.of(asOf);
            });
        }

        private Optional<Boolean> truth(String name) {
            return one(name).flatMap(value -> {
                if (value instanceof BooleanType truth && truth.hasValue()) {
                    return Optional.of(truth.booleanValue());
                }
                problems.add("%s '%s' is no boolean; write true or false".formatted(name, value.primitiveValue()));
                return Optional.empty();
            });
        }

        private Priority priority() {
            var code = one("priority").map(Type::primitiveValue).orElse("urgent");
            if (!code.equals("urgent") && !code.equals("routine")) {
                problems.add("priority '%s' is neither urgent nor routine".formatted(code));
            }
            return code.equals("routine") ? Priority.ROUTINE : Priority.URGENT;
        }

        private Optional<Type> one(String name) {
            var found = values(name).toList();
            if (found.size() > 1) {
                problems.add("%s is given %d times; give it once".formatted(name, found.size()));
            }
            return found.stream().findFirst();
        }

        private Stream<Type> values(String name) {
            return parameters.getParameter().stream()
                    .filter(parameter -> name.equals(parameter.getName()))
                    .filter(parameter -> {
                        if (!parameter.hasValue()) {
                            problems.add("%s has no value of a known type".formatted(name));
                        }
                        return parameter.hasValue();
                    })
                    .map(Parameters.ParametersParameterComponent::getValue);
        }
    }
}
