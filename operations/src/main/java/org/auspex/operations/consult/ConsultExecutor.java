package org.auspex.operations.consult;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.FindingsWriter;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.findings.Author;
import org.auspex.language.consult.Answer;
import org.auspex.language.consult.Answers;
import org.auspex.language.consult.Consultation;
import org.auspex.operations.AnswerBundle;
import org.auspex.operations.Refusal;
import org.auspex.operations.consult.ConsultCounts.Became;
import org.auspex.store.Results;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Answers a question of a patient, and stores the answer. */
public final class ConsultExecutor {

    private static final Requirements NOTHING = new Requirements(Optional.empty(), List.of());

    private final RecordSource source;
    private final EvidenceReader evidence;
    private final Answers answers;
    private final Results results;
    private final ConsultCounts counts;
    private final Author author = Consultation.author();

    /** @param evidence tells whether the patient has opted out */
    public ConsultExecutor(
            RecordSource source, EvidenceReader evidence, Answers answers, Results results, ConsultCounts counts) {
        this.source = source;
        this.evidence = evidence;
        this.answers = answers;
        this.results = results;
        this.counts = counts;
    }

    ConsultCounts counts() {
        return counts;
    }

    Bundle execute(String reference, ConsultRequest request, RequestDetails http, Instant now) {
        var patient = source.patient(reference, http)
                .orElseThrow(() -> new ResourceNotFoundException("%s is not on this server".formatted(reference)));
        requireNoObjection(reference, request, now);
        var read = source.of(patient, http);
        var answer = answers.of(request.question(), read.record());
        count(answer);
        var finding = Consultation.of(answer, reference, now);
        var written = request.persist() ? results.write(author, finding) : FindingsWriter.unstored(finding);
        var bundle = new AnswerBundle(http.getFhirServerBase());
        written.resources().forEach(bundle::add);
        if (!read.unread().isEmpty()) {
            bundle.add(outcome(read.unread()));
        }
        return bundle.bundle();
    }

    /** The patient may have opted out, or may be another by now. Who is in danger is told what to do all the same. */
    private void requireNoObjection(String patient, ConsultRequest request, Instant now) {
        var subject = Subject.patient(patient);
        evidence.read(List.of(subject), NOTHING, now).get(0).exclusion().ifPresent(objection -> {
            var advice = answers.advice(request.question());
            advice.ifPresent(words -> counts.count(Became.ESCALATED));
            throw Refusal.of(
                    IssueType.BUSINESSRULE,
                    "abstained",
                    "%sconsult: %s. Nothing was read; a person has to answer"
                            .formatted(advice.map(words -> words + " ").orElse(""), objection));
        });
    }

    private void count(Answer answer) {
        counts.count(answer.isDeclined() ? Became.DECLINED : Became.ANSWERED);
        answer.urgency().ifPresent(urgency -> counts.count(Became.ESCALATED));
    }

    private static OperationOutcome outcome(List<String> unread) {
        var outcome = new OperationOutcome();
        unread.forEach(words -> outcome.addIssue()
                .setSeverity(IssueSeverity.WARNING)
                .setCode(IssueType.INCOMPLETE)
                .setDiagnostics(words));
        return outcome;
    }
}
