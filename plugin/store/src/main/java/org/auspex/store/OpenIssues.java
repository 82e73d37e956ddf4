package org.auspex.store;

import java.util.Set;
import java.util.stream.Stream;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Reference;

/**
 * The issues of a result that another takes the place of. Those that no person has touched are cancelled and name that result: what is
 * still open stands beside it anew, and what is not was answered. If the older result is the newest again, so are they.
 */
final class OpenIssues {

    private static final Set<DetectedIssueStatus> BY_A_PERSON =
            Set.of(DetectedIssueStatus.FINAL, DetectedIssueStatus.AMENDED, DetectedIssueStatus.CORRECTED);

    private final FhirStore store;

    OpenIssues(FhirStore store) {
        this.store = store;
    }

    /** Whether a person has confirmed it, or has said what was done. */
    static boolean isAnswered(DetectedIssue issue) {
        return BY_A_PERSON.contains(issue.getStatus())
                || issue.hasMitigation()
                || (issue.getStatus() == DetectedIssueStatus.CANCELLED && !issue.hasExtension(Systems.REPLACED_BY));
    }

    /**
     * Within the transaction that stores the newer result.
     *
     * @param by the newer one, {@code RiskAssessment/2}
     */
    void replace(ResultRow before, String by) {
        issues(before).filter(ResultParts::isPreliminary).forEach(issue -> {
            issue.setStatus(DetectedIssueStatus.CANCELLED);
            issue.addExtension(Systems.REPLACED_BY, new Reference(by));
            store.update(issue);
        });
    }

    /** Within the transaction that makes a result the newest again. */
    void reopen(ResultRow newest) {
        issues(newest)
                .filter(issue ->
                        issue.getStatus() == DetectedIssueStatus.CANCELLED && issue.hasExtension(Systems.REPLACED_BY))
                .forEach(issue -> {
                    issue.setStatus(DetectedIssueStatus.PRELIMINARY);
                    issue.getExtension().removeIf(extension -> Systems.REPLACED_BY.equals(extension.getUrl()));
                    store.update(issue);
                });
    }

    private Stream<DetectedIssue> issues(ResultRow row) {
        var references = row.parts().stream()
                .filter(part -> part.startsWith("DetectedIssue/"))
                .toList();
        return store.findAll(references).values().stream().map(DetectedIssue.class::cast);
    }
}
