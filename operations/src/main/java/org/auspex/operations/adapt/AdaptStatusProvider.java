package org.auspex.operations.adapt;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.auspex.kernel.adaptation.Adaptations;
import org.auspex.kernel.adaptation.Adapted;
import org.auspex.operations.job.BackgroundStatus;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code GET [base]/$adapt-status?job=[id]} says how far an adaptation has come, and its answer once it is done; {@code DELETE} cancels
 * it.
 */
public final class AdaptStatusProvider {

    static final String STATUS = "$adapt-status";

    private final BackgroundStatus<Adapted> status;

    public AdaptStatusProvider(Adaptations adaptations) {
        status = new BackgroundStatus<>(
                adaptations.jobs(),
                STATUS,
                adapted -> new AdaptAnswer(adapted).bundle(),
                "The adaptation is cancelled; a candidate that is there already stays");
    }

    @Operation(
            name = STATUS,
            canonicalUrl = "https://auspex-fhir.org/fhir/OperationDefinition/adapt-status",
            idempotent = true,
            deleteEnabled = true)
    public Resource status(RequestDetails request) {
        return status.of(request);
    }
}
