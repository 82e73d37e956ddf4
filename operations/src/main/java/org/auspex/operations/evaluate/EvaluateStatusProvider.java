package org.auspex.operations.evaluate;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.auspex.kernel.background.Background;
import org.auspex.operations.job.BackgroundStatus;
import org.auspex.store.Reports;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code GET [base]/$evaluate-status?job=[id]} says how far an evaluation has come, and its answer once it is done; {@code DELETE} cancels
 * it.
 */
public final class EvaluateStatusProvider {

    static final String STATUS = "$evaluate-status";

    private final BackgroundStatus<Reports.Kept> status;

    public EvaluateStatusProvider(Background<Reports.Kept> evaluations) {
        status = new BackgroundStatus<>(
                evaluations,
                STATUS,
                EvaluateStatusProvider::answer,
                "The evaluation is cancelled; a report that is there already stays");
    }

    @Operation(
            name = STATUS,
            canonicalUrl = "https://auspex-fhir.org/fhir/OperationDefinition/evaluate-status",
            idempotent = true,
            deleteEnabled = true)
    public Resource status(RequestDetails request) {
        return status.of(request);
    }

    private static Bundle answer(Reports.Kept kept) {
        var bundle = new Bundle().setType(Bundle.BundleType.BATCHRESPONSE);
        bundle.addEntry().setResource(kept.report()).getResponse().setStatus("201 Created");
        bundle.addEntry().setResource(kept.page()).getResponse().setStatus("201 Created");
        return bundle;
    }
}
