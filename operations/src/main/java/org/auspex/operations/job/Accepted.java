package org.auspex.operations.job;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import org.hl7.fhir.r4.model.OperationOutcome;

/** Answers of FHIR's asynchronous pattern that say: not yet. */
final class Accepted {

    static final String STATUS = "$predict-status";

    /** Seconds. */
    private static final String SOON = "1";

    private Accepted() {}

    static OperationOutcome job(String id, int questions, RequestDetails http) {
        http.getResponse()
                .addHeader("Content-Location", "%s/%s?job=%s".formatted(http.getFhirServerBase(), STATUS, id));
        return accepted(
                http, "%d questions are asked; come back to the address in Content-Location".formatted(questions));
    }

    static OperationOutcome progress(String progress, RequestDetails http) {
        http.getResponse().addHeader("X-Progress", progress);
        http.getResponse().addHeader("Retry-After", SOON);
        return accepted(http, progress);
    }

    static OperationOutcome accepted(RequestDetails http, String text) {
        ((ServletRequestDetails) http).getServletResponse().setStatus(HttpServletResponse.SC_ACCEPTED);
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(OperationOutcome.IssueSeverity.INFORMATION)
                .setCode(OperationOutcome.IssueType.INFORMATIONAL)
                .setDiagnostics(text);
        return outcome;
    }
}
