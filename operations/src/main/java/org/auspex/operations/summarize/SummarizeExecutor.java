package org.auspex.operations.summarize;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.FindingsWriter;
import org.auspex.kernel.Written;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.findings.Author;
import org.auspex.language.draft.Draft;
import org.auspex.language.draft.NoteSummary;
import org.auspex.language.filing.Filed;
import org.auspex.language.filing.PatientCheck;
import org.auspex.operations.Refusal;
import org.auspex.store.Results;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Makes the summary of a note, and stores it. */
public final class SummarizeExecutor {

    private static final Requirements NOTHING = new Requirements(Optional.empty(), List.of());

    private final NoteSource source;
    private final EvidenceReader record;
    private final NoteSummary summaries;
    private final Results results;
    private final Author author = NoteSummary.author();

    /** @param record tells whether the patient has opted out */
    public SummarizeExecutor(NoteSource source, EvidenceReader record, NoteSummary summaries, Results results) {
        this.source = source;
        this.record = record;
        this.summaries = summaries;
        this.results = results;
    }

    Bundle execute(Filed note, SummarizeRequest request, RequestDetails http, Instant now) {
        requireNoObjection(note, now);
        var text = source.text(note, http);
        var doubts = PatientCheck.of(note, text.text());
        var draft = summaries.of(note, text, request.style(), request.language(), now);
        var told = request.prose().orElse(draft.canBeTold());
        var written =
                request.persist() ? stored(draft, told) : FindingsWriter.unstored(told ? draft.told() : draft.quoted());
        return new SummarizeAnswer(http.getFhirServerBase()).of(written, doubts, text.unread());
    }

    /** A language model is not asked again for what it told before. */
    private Written stored(Draft draft, boolean told) {
        return told
                ? results.standing(draft.sought()).orElseGet(() -> results.write(author, draft.told()))
                : results.write(author, draft.quoted());
    }

    /** The patient may have opted out, or may be another by now. */
    private void requireNoObjection(Filed note, Instant now) {
        var subject = Subject.patient(note.patientReference());
        record.read(List.of(subject), NOTHING, now).get(0).exclusion().ifPresent(objection -> {
            throw Refusal.of(
                    IssueType.BUSINESSRULE,
                    "abstained",
                    "note-summary: %s. Nothing was read; a person has to write the summary".formatted(objection));
        });
    }
}
