package org.auspex.operations.job;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.auspex.worklist.Jobs;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code GET [base]/$predict-status?job=[id]} says how far a job has come, and its answer once it is done; {@code DELETE}
 * cancels it. Whoever knows the id may do both, if they may call operations of the server at all.
 */
public final class JobStatusProvider {

    private static final String DEFINITION = "https://auspex-fhir.org/fhir/OperationDefinition/predict-status";

    private final Jobs jobs;

    public JobStatusProvider(Jobs jobs) {
        this.jobs = jobs;
    }

    @Operation(name = Accepted.STATUS, canonicalUrl = DEFINITION, idempotent = true, deleteEnabled = true)
    public Resource status(RequestDetails request) {
        var id = JobId.of(request.getParameters(), Accepted.STATUS);
        return request.getRequestType() == RequestTypeEnum.DELETE ? cancel(id, request) : look(id, request);
    }

    private Resource look(JobId id, RequestDetails request) {
        var progress = jobs.progress(id.value()).orElseThrow(id::absent);
        if (progress.open() > 0) {
            return Accepted.progress(
                    "%d of %d questions answered".formatted(progress.total() - progress.open(), progress.total()),
                    request);
        }
        return new JobAnswer(progress).bundle(jobs.outcomes(progress.job()));
    }

    private Resource cancel(JobId id, RequestDetails request) {
        if (!jobs.cancel(id.value())) {
            throw id.absent();
        }
        return Accepted.accepted(request, "The job is cancelled; results that were stored before stay");
    }
}
