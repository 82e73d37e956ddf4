package org.auspex.operations.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/**
 * Parameters as they came, read one by one.
 *
 * @param problems whatever was wrong with what was read so far
 */
record GivenParameters(Parameters parameters, List<String> problems) {

    GivenParameters(Parameters parameters) {
        this(parameters, new ArrayList<>());
    }

    void requireKnown(Set<String> names) {
        parameters.getParameter().stream()
                .map(Parameters.ParametersParameterComponent::getName)
                .filter(name -> name == null || !names.contains(name))
                .forEach(name -> problems.add("Parameter '%s' is unknown; known are %s"
                        .formatted(name, names.stream().sorted().toList())));
    }

    Optional<Boolean> truth(String name) {
        return one(name).flatMap(value -> {
            if (value instanceof BooleanType truth && truth.hasValue()) {
                return Optional.of(truth.booleanValue());
            }
            problems.add("%s '%s' is no boolean; write true or false".formatted(name, value.primitiveValue()));
            return Optional.empty();
        });
    }

    /** The resource of that name; empty if there is none, and a problem if there are several or none in the parameter. */
    Optional<Resource> resource(String name) {
        var resources = named(name).toList();
        if (resources.size() > 1) {
            problems.add("%s is given %d times; send one".formatted(name, resources.size()));
        }
        return resources.stream().findFirst().flatMap(parameter -> {
            if (parameter.getResource() == null) {
                problems.add("%s is a resource, in parameter.resource".formatted(name));
            }
            return Optional.ofNullable(parameter.getResource());
        });
    }

    Optional<Type> one(String name) {
        var found = values(name).toList();
        if (found.size() > 1) {
            problems.add("%s is given %d times; give it once".formatted(name, found.size()));
        }
        return found.stream().findFirst();
    }

    Stream<Type> values(String name) {
        return named(name)
                .filter(parameter -> {
                    if (!parameter.hasValue()) {
                        problems.add("%s has no value of a known type".formatted(name));
                    }
                    return parameter.hasValue();
                })
                .map(Parameters.ParametersParameterComponent::getValue);
    }

    private Stream<Parameters.ParametersParameterComponent> named(String name) {
        return parameters.getParameter().stream().filter(parameter -> name.equals(parameter.getName()));
    }
}
