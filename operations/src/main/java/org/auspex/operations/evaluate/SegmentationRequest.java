package org.auspex.operations.evaluate;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Set;
import java.util.stream.Collectors;
import org.auspex.operations.Arguments;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/** What a client asks of {@code $evaluate} about a model that marks in images. */
final class SegmentationRequest {

    private static final Set<String> FIT = Set.of("cohort", "query", "subgroup");

    private SegmentationRequest() {}

    /**
     * Reads the body of a request.
     *
     * @throws InvalidRequestException with everything that is wrong with it
     */
    static Whom parse(@Nullable IBaseResource body) {
        return Arguments.of(body, "$evaluate", EvaluateRequest.NAMES).checked(given -> {
            var unfit = EvaluateRequest.NAMES.stream()
                    .filter(name -> !FIT.contains(name))
                    .filter(name -> given.named(name).findAny().isPresent())
                    .sorted()
                    .collect(Collectors.joining(", "));
            if (!unfit.isEmpty()) {
                given.problem(
                        "The model marks in images and is held against segmentations of people that came after its own; leave out %s"
                                .formatted(unfit));
            }
            return Whom.of(given);
        });
    }
}
