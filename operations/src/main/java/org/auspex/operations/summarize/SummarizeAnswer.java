package org.auspex.operations.summarize;

import java.util.List;
import org.auspex.kernel.Written;
import org.auspex.language.summary.SummaryComposition;
import org.auspex.operations.AnswerBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** The summary with its page and Provenance, and an OperationOutcome with what a reader has to know. */
final class SummarizeAnswer {

    private final AnswerBundle answer;
    private final OperationOutcome notes = new OperationOutcome();

    SummarizeAnswer(String base) {
        this.answer = new AnswerBundle(base);
    }

    /**
     * @param doubts whether the note is about the patient
     * @param unread what of the document was not read
     */
    Bundle of(Written written, List<String> doubts, List<String> unread) {
        written.resources().forEach(answer::add);
        doubts.forEach(doubt -> note(IssueSeverity.WARNING, IssueType.BUSINESSRULE, doubt));
        unread.forEach(words -> note(IssueSeverity.INFORMATION, IssueType.INCOMPLETE, words));
        ((Composition) written.result())
                .getExtensionsByUrl(SummaryComposition.TIMELINESS)
                .forEach(this::timeliness);
        if (notes.hasIssue()) {
            answer.add(notes);
        }
        return answer.bundle();
    }

    private void timeliness(Extension timeliness) {
        var state = timeliness.getExtensionByUrl("state").getValue().primitiveValue();
        switch (state) {
            case "within" ->
                note(
                        IssueSeverity.INFORMATION,
                        IssueType.BUSINESSRULE,
                        "The first course record was written within 8 hours of admission");
            case "overdue" ->
                note(
                        IssueSeverity.WARNING,
                        IssueType.BUSINESSRULE,
                        "The first course record is overdue: it was written more than 8 hours after admission");
            default ->
                note(
                        IssueSeverity.WARNING,
                        IssueType.INCOMPLETE,
                        "Whether the first course record was written within 8 hours of admission cannot be told. Give the Encounter a period.start with a time");
        }
    }

    private void note(IssueSeverity severity, IssueType code, String words) {
        notes.addIssue().setSeverity(severity).setCode(code).setDiagnostics(words);
    }
}
