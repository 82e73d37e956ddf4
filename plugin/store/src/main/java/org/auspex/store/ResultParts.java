package org.auspex.store;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.Task;

/** What the types of resource that a result consists of have in common, which FHIR names anew for each. */
final class ResultParts {

    private static final CodeableConcept ENTERED_IN_ERROR = new CodeableConcept(
            new Coding("http://terminology.hl7.org/CodeSystem/condition-ver-status", "entered-in-error", null));

    private ResultParts() {}

    /** Whether no person has confirmed it. */
    static boolean isPreliminary(Resource resource) {
        if (resource instanceof RiskAssessment risk) {
            return risk.getStatus() == RiskAssessment.RiskAssessmentStatus.PRELIMINARY;
        }
        if (resource instanceof DiagnosticReport report) {
            return report.getStatus() == DiagnosticReport.DiagnosticReportStatus.PRELIMINARY;
        }
        if (resource instanceof Composition composition) {
            return composition.getStatus() == Composition.CompositionStatus.PRELIMINARY;
        }
        if (resource instanceof DocumentReference document) {
            return document.getDocStatus() == DocumentReference.ReferredDocumentStatus.PRELIMINARY;
        }
        if (resource instanceof Task task) {
            return FollowUpTasks.isUntouched(task);
        }
        if (resource instanceof DetectedIssue issue) {
            return issue.getStatus() == DetectedIssue.DetectedIssueStatus.PRELIMINARY && !issue.hasMitigation();
        }
        if (resource instanceof Communication communication) {
            return communication.getStatus() == Communication.CommunicationStatus.PREPARATION;
        }
        if (resource instanceof ListResource list) {
            return list.getStatus() == ListResource.ListStatus.CURRENT;
        }
        if (resource instanceof Condition condition) {
            return isUnconfirmed(condition);
        }
        return resource instanceof Observation observation
                && observation.getStatus() == Observation.ObservationStatus.PRELIMINARY;
    }

    /** What a note denies is written as refuted; what a person refuted has a version after that. */
    private static boolean isUnconfirmed(Condition condition) {
        return is(condition, "unconfirmed")
                || (is(condition, "refuted")
                        && "1".equals(condition.getIdElement().getVersionIdPart()));
    }

    private static boolean is(Condition condition, String verification) {
        return condition.getVerificationStatus().getCoding().stream()
                .anyMatch(status -> verification.equals(status.getCode()));
    }

    /** Whether a person looked at it by itself and let it stand. */
    static boolean isConfirmed(Resource part) {
        var fallen = part instanceof Condition condition
                ? is(condition, "entered-in-error")
                : part instanceof Observation observation
                        && observation.getStatus() == Observation.ObservationStatus.ENTEREDINERROR;
        return !fallen && !isPreliminary(part);
    }

    static void enterInError(Resource resource) {
        if (resource instanceof RiskAssessment risk) {
            risk.setStatus(RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR);
        } else if (resource instanceof DiagnosticReport report) {
            report.setStatus(DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR);
        } else if (resource instanceof Task task) {
            task.setStatus(Task.TaskStatus.ENTEREDINERROR);
        } else if (resource instanceof DetectedIssue issue) {
            issue.setStatus(DetectedIssue.DetectedIssueStatus.ENTEREDINERROR);
        } else if (resource instanceof Observation observation) {
            observation.setStatus(Observation.ObservationStatus.ENTEREDINERROR);
        } else if (resource instanceof Composition composition) {
            composition.setStatus(Composition.CompositionStatus.ENTEREDINERROR);
        } else if (resource instanceof Communication communication) {
            communication.setStatus(Communication.CommunicationStatus.ENTEREDINERROR);
        } else if (resource instanceof ListResource list) {
            list.setStatus(ListResource.ListStatus.ENTEREDINERROR);
        } else if (resource instanceof Condition condition) {
            condition.setClinicalStatus(null);
            condition.setVerificationStatus(ENTERED_IN_ERROR.copy());
        } else if (resource instanceof DocumentReference document) {
            document.setStatus(DocumentReferenceStatus.ENTEREDINERROR);
            document.setDocStatus(DocumentReference.ReferredDocumentStatus.ENTEREDINERROR);
        }
    }

    /** Links to what others may delete. */
    static List<Reference> links(Resource resource) {
        if (resource instanceof RiskAssessment risk) {
            return List.of(risk.getSubject());
        }
        if (resource instanceof DiagnosticReport report) {
            return Stream.concat(Stream.of(report.getSubject()), report.getImagingStudy().stream())
                    .toList();
        }
        if (resource instanceof Composition composition) {
            var sources = composition.getRelatesTo().stream()
                    .filter(Composition.CompositionRelatesToComponent::hasTargetReference)
                    .map(Composition.CompositionRelatesToComponent::getTargetReference);
            return Stream.of(
                            Stream.of(composition.getSubject(), composition.getEncounter()),
                            sources,
                            composition.getSection().stream().flatMap(ResultParts::entries))
                    .flatMap(links -> links)
                    .toList();
        }
        if (resource instanceof DocumentReference document) {
            var sources = document.getRelatesTo().stream()
                    .map(DocumentReference.DocumentReferenceRelatesToComponent::getTarget);
            return Stream.of(Stream.of(document.getSubject()), document.getContext().getEncounter().stream(), sources)
                    .flatMap(links -> links)
                    .toList();
        }
        if (resource instanceof Task task) {
            return Stream.concat(
                            Stream.of(task.getFor()),
                            task.getOutput().stream()
                                    .map(Task.TaskOutputComponent::getValue)
                                    .filter(Reference.class::isInstance)
                                    .map(Reference.class::cast))
                    .toList();
        }
        if (resource instanceof DetectedIssue issue) {
            return Stream.of(
                            Stream.of(issue.getPatient()),
                            issue.getImplicated().stream(),
                            issue.getEvidence().stream().flatMap(evidence -> evidence.getDetail().stream()))
                    .flatMap(links -> links)
                    .toList();
        }
        if (resource instanceof Communication communication) {
            var sources = communication.getPayload().stream()
                    .flatMap(payload -> payload.getExtension().stream())
                    .flatMap(source -> source.getExtension().stream())
                    .map(Extension::getValue)
                    .filter(Reference.class::isInstance)
                    .map(Reference.class::cast);
            return Stream.concat(
                            Stream.concat(Stream.of(communication.getSubject()), communication.getRecipient().stream()),
                            sources)
                    .toList();
        }
        if (resource instanceof ListResource list) {
            return Stream.concat(
                            Stream.of(list.getSubject()),
                            list.getEntry().stream().map(ListResource.ListEntryComponent::getItem))
                    .toList();
        }
        if (resource instanceof Condition condition) {
            return Stream.concat(
                            Stream.of(condition.getSubject()),
                            condition.getEvidence().stream().flatMap(evidence -> evidence.getDetail().stream()))
                    .toList();
        }
        return resource instanceof Observation observation
                ? Stream.concat(Stream.of(observation.getSubject()), observation.getDerivedFrom().stream())
                        .toList()
                : List.of();
    }

    private static Stream<Reference> entries(Composition.SectionComponent section) {
        return Stream.concat(
                section.getEntry().stream(), section.getSection().stream().flatMap(ResultParts::entries));
    }
}
