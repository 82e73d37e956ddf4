package org.auspex.operations.adapt;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.auspex.kernel.adaptation.Adaptations;
import org.auspex.operations.Refusal;
import org.auspex.operations.job.Accepted;
import org.auspex.operations.job.JobId;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code GET [base]/$adapt-status?job=[id]} says how far an adaptation has come, and its answer once it is done; {@code DELETE} cancels
 * it. Whoever knows the id may do both.
 */
public final class AdaptStatusProvider {

    static final String STATUS = "$adapt-status";

    private final Adaptations adaptations;

    public AdaptStatusProvider(Adaptations adaptations) {
        this.adaptations = adaptations;
    }

    @Operation(
            name = STATUS,
            canonicalUrl = "https://auspex-fhir.org/fhir/OperationDefinition/adapt-status",
            idempotent = true,
            deleteEnabled = true)
    public Resource status(RequestDetails request) {
        var id = JobId.of(request.getParameters(), STATUS);
        return request.getRequestType() == RequestTypeEnum.DELETE ? cancel(id, request) : look(id, request);
    }

    private Resource look(JobId id, RequestDetails request) {
        var job = adaptations.find(id.value()).orElseThrow(id::absent);
        return Refusal.mapped(() -> {
            job.failure().ifPresent(failure -> {
                throw failure;
            });
            return job.result()
                    .<Resource>map(adapted -> new AdaptAnswer(adapted).bundle())
                    .orElseGet(() -> Accepted.progress(job.progress(), request));
        });
    }

    private Resource cancel(JobId id, RequestDetails request) {
        if (!adaptations.cancel(id.value())) {
            throw id.absent();
        }
        return Accepted.accepted(request, "The adaptation is cancelled; a candidate that is there already stays");
    }
}
