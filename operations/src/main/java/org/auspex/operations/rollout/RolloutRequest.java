package org.auspex.operations.rollout;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Optional;
import java.util.Set;
import org.auspex.kernel.model.Rollout;
import org.auspex.operations.Arguments;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of {@code $rollout}, checked.
 *
 * @param wanted empty = only tell how it is
 * @param reason for the audit; empty if none is given
 */
record RolloutRequest(Optional<Rollout> wanted, String reason) {

    /**
     * Reads the body of a request.
     *
     * @throws InvalidRequestException with everything that is wrong with it
     */
    static RolloutRequest parse(@Nullable IBaseResource body) {
        return Arguments.of(body, "$rollout", Set.of("stage", "percent", "reason"))
                .checked(given ->
                        new RolloutRequest(wanted(given), given.text("reason").orElse("")));
    }

    private static Optional<Rollout> wanted(Arguments given) {
        var percent = given.value("percent");
        try {
            var stage = given.text("stage").map(Rollout.Stage::of);
            if (percent.isPresent() && !stage.equals(Optional.of(Rollout.Stage.CANARY))) {
                given.problem("percent is for a canary; leave it out, or write canary as the stage");
            }
            return stage.map(named ->
                    Rollout.of(named, percent.map(RolloutRequest::number).orElse(0)));
        } catch (IllegalArgumentException e) {
            given.problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static int number(Type percent) {
        if (percent instanceof IntegerType number && number.hasValue()) {
            return number.getValue();
        }
        throw new IllegalArgumentException(
                "percent '%s' is no integer; write 1 to 100".formatted(percent.primitiveValue()));
    }
}
