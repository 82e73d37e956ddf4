package org.auspex.kernel.findings;

import java.util.List;
import java.util.stream.Collectors;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Issue;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Reference;

/** The DetectedIssues beside a RiskAssessment, one for each that is open. What is done about it is left to a person. */
final class IssueFindings {

    private final ModelCard card;
    private final Evidence evidence;
    private final Identity identity;

    IssueFindings(ModelCard card, Evidence evidence, Identity identity) {
        this.card = card;
        this.evidence = evidence;
        this.identity = identity;
    }

    /** How many are open, and which. */
    static String words(Outcome.Issues issues) {
        return issues.open().isEmpty()
                ? "nothing open"
                : "%d open: %s"
                        .formatted(
                                issues.open().size(),
                                issues.open().stream().map(Issue::title).collect(Collectors.joining("; ")));
    }

    List<DomainResource> of(Outcome.Issues issues) {
        return issues.open().stream().map(open -> (DomainResource) issue(open)).toList();
    }

    private DetectedIssue issue(Issue open) {
        var issue = new DetectedIssue();
        issue.setMeta(Findings.meta());
        issue.addIdentifier().setSystem(Systems.PREDICTION).setValue(identity.hash());
        issue.setStatus(DetectedIssue.DetectedIssueStatus.PRELIMINARY);
        issue.setCode(new CodeableConcept().setText(open.title()));
        issue.getCode().addCoding().setSystem(Systems.RULE).setCode(open.rule()).setDisplay(open.title());
        issue.setSeverity(
                switch (open.severity()) {
                    case HIGH -> DetectedIssue.DetectedIssueSeverity.HIGH;
                    case MODERATE -> DetectedIssue.DetectedIssueSeverity.MODERATE;
                    case LOW -> DetectedIssue.DetectedIssueSeverity.LOW;
                });
        issue.setPatient(new Reference(evidence.subject().patient()));
        issue.setIdentified(Findings.time(evidence.asOf()));
        issue.setAuthor(ModelDevice.reference(card));
        references(open.finding()).forEach(reference -> issue.addImplicated(new Reference(reference)));
        open.inputs()
                .forEach(input -> references(input)
                        .forEach(reference -> issue.addEvidence()
                                .addDetail(new Reference(reference))
                                .addCode(Findings.inputCode(input))));
        issue.setDetail("%s (%s)".formatted(open.says(), open.source()));
        open.reference().ifPresent(issue::setReference);
        return issue;
    }

    private List<String> references(String input) {
        return evidence.pieces().stream()
                .filter(piece -> piece.input().equals(input))
                .map(Piece::reference)
                .distinct()
                .toList();
    }
}
