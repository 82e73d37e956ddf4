package org.auspex.operations;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an operation, read one after another, with everything that is wrong with them. They are read by hand
 * and not bound by HAPI, which passes over a misspelt one in silence.
 */
public final class Arguments {

    private final Parameters parameters;
    private final List<String> problems = new ArrayList<>();

    private Arguments(Parameters parameters) {
        this.parameters = parameters;
    }

    /**
     * @param operation its name, such as {@code $predict}
     * @param known the names of its parameters
     * @throws InvalidRequestException if the body is no Parameters resource
     */
    public static Arguments of(@Nullable IBaseResource body, String operation, Set<String> known) {
        if (body != null && !(body instanceof Parameters)) {
            throw new InvalidRequestException(
                    "The body of %s is a Parameters resource, not a %s".formatted(operation, body.fhirType()));
        }
        var arguments = new Arguments(body == null ? new Parameters() : (Parameters) body);
        arguments.parameters.getParameter().stream()
                .map(Parameters.ParametersParameterComponent::getName)
                .filter(name -> name == null || !known.contains(name))
                .forEach(name -> arguments.problem(
                        "Parameter '%s' is unknown; known are %s".formatted(name, new TreeSet<>(known))));
        return arguments;
    }

    /** Notes something that is wrong. */
    public void problem(String text) {
        problems.add(text);
    }

    /**
     * What was made of the arguments, if nothing is wrong with them.
     *
     * @throws InvalidRequestException with everything that is
     */
    public <T> T checked(Function<Arguments, T> reading) {
        var read = reading.apply(this);
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(String.join("; ", problems));
        }
        return read;
    }

    /** The values of a parameter that may be repeated. */
    public Stream<Type> values(String name) {
        return named(name)
                .filter(parameter -> {
                    if (!parameter.hasValue()) {
                        problem("%s has no value of a known type".formatted(name));
                    }
                    return parameter.hasValue();
                })
                .map(Parameters.ParametersParameterComponent::getValue);
    }

    /** The value of a parameter that is given once at most. */
    public Optional<Type> value(String name) {
        var found = values(name).toList();
        if (found.size() > 1) {
            problem("%s is given %d times; give it once".formatted(name, found.size()));
        }
        return found.stream().findFirst();
    }

    /** Its value as it stands in the JSON. */
    public Optional<String> text(String name) {
        return value(name).map(Type::primitiveValue);
    }

    /** The value of a boolean that is given once at most. */
    public Optional<Boolean> truth(String name) {
        return value(name).flatMap(value -> {
            if (value instanceof BooleanType truth && truth.hasValue()) {
                return Optional.of(truth.booleanValue());
            }
            problem("%s '%s' is no boolean; write true or false".formatted(name, value.primitiveValue()));
            return Optional.empty();
        });
    }

    /** All parameters of a name. */
    public Stream<Parameters.ParametersParameterComponent> named(String name) {
        return parameters.getParameter().stream().filter(parameter -> name.equals(parameter.getName()));
    }

    /**
     * {@code asOf}, a moment that is not to come.
     *
     * @param now the time of the request
     * @param remedy what is said of one to come, behind "is in the future"
     */
    public Optional<Instant> asOf(Instant now, String remedy) {
        return value("asOf").flatMap(value -> {
            if (!(value instanceof DateTimeType time)
                    || !time.hasValue()
                    || time.getTimeZone() == null
                    || time.getPrecision().ordinal() < TemporalPrecisionEnum.SECOND.ordinal()) {
                problem("asOf '%s' is no dateTime with seconds and zone; write it as 2026-01-15T12:00:00Z"
                        .formatted(value.primitiveValue()));
                return Optional.empty();
            }
            var asOf = time.getValue().toInstant();
            if (asOf.isAfter(now)) {
                problem("asOf '%s' is in the future%s".formatted(time.getValueAsString(), remedy));
            }
            return Optional.of(asOf);
        });
    }
}
