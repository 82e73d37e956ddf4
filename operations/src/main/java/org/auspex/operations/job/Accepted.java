package org.auspex.operations.job;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import org.hl7.fhir.r4.model.OperationOutcome;

/** Answers of FHIR's asynchronous pattern that say: not yet. */
public final class Accepted {

    static final String STATUS = "$predict-status";

    /** Seconds. */
    private static final String SOON = "1";

    private Accepted() {}

    static OperationOutcome job(String id, int questions, RequestDetails http) {
        return opened(STATUS, id, "%d questions are asked".formatted(questions), http);
    }

    /**
     * A job is opened.
     *
     * @param status the operation that tells how far it has come
     */
    public static OperationOutcome opened(String status, String id, String text, RequestDetails http) {
        http.getResponse()
                .addHeader("Content-Location", "%s/%s?job=%s".formatted(http.getFhirServerBase(), status, id));
        return accepted(http, text + "; come back to the address in Content-Location");
    }

    /** A job goes on. */
    public static OperationOutcome progress(String progress, RequestDetails http) {
        http.getResponse().addHeader("X-Progress", progress);
        http.getResponse().addHeader("Retry-After", SOON);
        return accepted(http, progress);
    }

    /** Something is taken note of. */
    public static OperationOutcome accepted(RequestDetails http, String text) {
        ((ServletRequestDetails) http).getServletResponse().setStatus(HttpServletResponse.SC_ACCEPTED);
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(OperationOutcome.IssueSeverity.INFORMATION)
                .setCode(OperationOutcome.IssueType.INFORMATIONAL)
                .setDiagnostics(text);
        return outcome;
    }
}
