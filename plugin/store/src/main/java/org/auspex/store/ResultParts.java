package org.auspex.store;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;

/** What the types of resource that a result consists of have in common, which FHIR names anew for each. */
final class ResultParts {

    private ResultParts() {}

    /** Whether no person has confirmed it. */
    static boolean isPreliminary(Resource resource) {
        if (resource instanceof RiskAssessment risk) {
            return risk.getStatus() == RiskAssessment.RiskAssessmentStatus.PRELIMINARY;
        }
        if (resource instanceof DiagnosticReport report) {
            return report.getStatus() == DiagnosticReport.DiagnosticReportStatus.PRELIMINARY;
        }
        return resource instanceof Observation observation
                && observation.getStatus() == Observation.ObservationStatus.PRELIMINARY;
    }

    static void enterInError(Resource resource) {
        if (resource instanceof RiskAssessment risk) {
            risk.setStatus(RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR);
        } else if (resource instanceof DiagnosticReport report) {
            report.setStatus(DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR);
        } else if (resource instanceof Observation observation) {
            observation.setStatus(Observation.ObservationStatus.ENTEREDINERROR);
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
        return resource instanceof Observation observation
                ? Stream.concat(Stream.of(observation.getSubject()), observation.getDerivedFrom().stream())
                        .toList()
                : List.of();
    }
}
