package org.auspex.operations.evaluate;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.auspex.kernel.appraisal.Appraisals;
import org.auspex.operations.Refusal;
import org.auspex.operations.job.Accepted;
import org.auspex.operations.job.JobId;
import org.auspex.store.Reports;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code GET [base]/$evaluate-status?job=[id]} says how far an evaluation has come, and its answer once it is done; {@code DELETE} cancels
 * it. Whoever knows the id may do both.
 */
public final class EvaluateStatusProvider {

    static final String STATUS = "$evaluate-status";

    private final Appraisals<Reports.Kept> appraisals;

    public EvaluateStatusProvider(Appraisals<Reports.Kept> appraisals) {
        this.appraisals = appraisals;
    }

    @Operation(
            name = STATUS,
            canonicalUrl = "https://auspex-fhir.org/fhir/OperationDefinition/evaluate-status",
            idempotent = true,
            deleteEnabled = true)
    public Resource status(RequestDetails request) {
        var id = JobId.of(request.getParameters(), STATUS);
        return request.getRequestType() == RequestTypeEnum.DELETE ? cancel(id, request) : look(id, request);
    }

    private Resource look(JobId id, RequestDetails request) {
        var job = appraisals.find(id.value()).orElseThrow(id::absent);
        return Refusal.mapped(() -> {
            job.failure().ifPresent(failure -> {
                throw failure;
            });
            return job.result()
                    .<Resource>map(EvaluateStatusProvider::answer)
                    .orElseGet(() -> Accepted.progress(job.progress(), request));
        });
    }

    private static Bundle answer(Reports.Kept kept) {
        var bundle = new Bundle().setType(Bundle.BundleType.BATCHRESPONSE);
        bundle.addEntry().setResource(kept.report()).getResponse().setStatus("201 Created");
        bundle.addEntry().setResource(kept.page()).getResponse().setStatus("201 Created");
        return bundle;
    }

    private Resource cancel(JobId id, RequestDetails request) {
        if (!appraisals.cancel(id.value())) {
            throw id.absent();
        }
        return Accepted.accepted(request, "The evaluation is cancelled; a report that is there already stays");
    }
}
