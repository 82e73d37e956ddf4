package org.auspex.operations.summarize;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.Written;
import org.auspex.language.draft.SummaryComposition;
import org.auspex.operations.AnswerBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.SectionComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** The summary with its page and Provenance, and an OperationOutcome with what a reader has to know. */
final class SummarizeAnswer {

    private static final Map<String, String> EXCUSES = Map.of(
            "no-model", "no language model is configured",
            "addressed", "the note has words that are addressed to language models",
            "too-long", "it is too long for one question to the language model",
            "model-failed", "the language model could not be asked",
            "unsupported", "the note does not support what the language model said");

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
        var composition = (Composition) written.result();
        composition.getExtensionsByUrl(SummaryComposition.TIMELINESS).forEach(this::timeliness);
        composition.getSection().forEach(this::wording);
        if (notes.hasIssue()) {
            answer.add(notes);
        }
        return answer.bundle();
    }

    /** Of each section that was to be told and is quoted, and of each that the language model did not tell to the end. */
    private void wording(SectionComponent section) {
        section.getExtensionsByUrl(SummaryComposition.WORDING).forEach(wording -> {
            var form = part(wording, "form");
            var reason = part(wording, "reason");
            if (!form.equals("told") || !reason.isEmpty()) {
                note(
                        IssueSeverity.INFORMATION,
                        IssueType.INCOMPLETE,
                        "%s: %s%s%s"
                                .formatted(
                                        section.getTitle(),
                                        form.equals("told") ? "told in part" : "quoted, since " + EXCUSES.get(form),
                                        reason.isEmpty() ? "" : ". The language model did not answer: " + reason,
                                        form.equals("model-failed") ? ". Ask again later for its words" : ""));
            }
        });
        section.getSection().forEach(this::wording);
    }

    private static String part(Extension extension, String name) {
        return Optional.ofNullable(extension.getExtensionByUrl(name))
                .map(part -> part.getValue().primitiveValue())
                .orElse("");
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
