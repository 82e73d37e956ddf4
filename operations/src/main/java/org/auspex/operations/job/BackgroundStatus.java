package org.auspex.operations.job;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.function.Function;
import org.auspex.kernel.background.Background;
import org.auspex.operations.Refusal;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a client that comes back for a job in the background of this server is told, and how it cancels one. Whoever knows the id may do
 * both.
 *
 * @param operation the operation that tells
 * @param answer what is answered once the job is done
 * @param cancelled what is said when it was cancelled
 */
public record BackgroundStatus<R>(
        Background<R> jobs, String operation, Function<R, Resource> answer, String cancelled) {

    /** GET looks, DELETE cancels. */
    public Resource of(RequestDetails request) {
        var id = JobId.of(request.getParameters(), operation);
        return request.getRequestType() == RequestTypeEnum.DELETE ? cancel(id, request) : look(id, request);
    }

    private Resource look(JobId id, RequestDetails request) {
        var job = jobs.find(id.value()).orElseThrow(id::absent);
        return Refusal.mapped(() -> {
            job.failure().ifPresent(failure -> {
                throw failure;
            });
            return job.result().map(answer).orElseGet(() -> Accepted.progress(job.progress(), request));
        });
    }

    private Resource cancel(JobId id, RequestDetails request) {
        if (!jobs.cancel(id.value())) {
            throw id.absent();
        }
        return Accepted.accepted(request, cancelled);
    }
}
