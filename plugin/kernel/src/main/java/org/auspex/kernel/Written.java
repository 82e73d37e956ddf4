package org.auspex.kernel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;

/**
 * The resources of one result as they are stored.
 *
 * @param result what is said
 * @param parts further resources that belong to it, such as the Observation with the points of a score
 */
public record Written(DomainResource result, List<DomainResource> parts, Optional<Provenance> provenance) {

    public Written {
        parts = List.copyOf(parts);
    }

    /** All of them, the result first. */
    public List<Resource> resources() {
        return Stream.of(Stream.of(result), parts.stream(), provenance.stream())
                .flatMap(stream -> stream)
                .map(Resource.class::cast)
                .toList();
    }

    /** The result's reference, {@code RiskAssessment/1}; empty if it was not stored. */
    public Optional<String> reference() {
        return reference(result);
    }

    /** The reference of one of the resources, without version; empty if it was not stored. */
    public static Optional<String> reference(Resource resource) {
        var id = resource.getIdElement();
        return id.hasIdPart() && !id.getValue().startsWith("urn:")
                ? Optional.of(resource.fhirType() + "/" + id.getIdPart())
                : Optional.empty();
    }

    /** The result in one line, such as {@code 81.3 %, high}. */
    public String summary() {
        return Stream.concat(parts.stream(), Stream.of(result))
                .flatMap(Written::said)
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> said(Resource resource) {
        if (resource instanceof RiskAssessment risk) {
            return risk.getPrediction().stream().map(prediction -> said(risk, prediction));
        }
        if (resource instanceof DiagnosticReport report) {
            return Stream.of(report.getConclusion());
        }
        return resource instanceof Observation score && score.getValue() instanceof Quantity points
                ? Stream.of(points.getValue().toPlainString() + " " + points.getUnit())
                : Stream.empty();
    }

    private static String said(RiskAssessment risk, RiskAssessment.RiskAssessmentPredictionComponent prediction) {
        var name = risk.getPrediction().size() > 1 ? prediction.getOutcome().getText() + " " : "";
        var probability = prediction.hasProbabilityDecimalType()
                ? Optional.of(
                        name + prediction.getProbabilityDecimalType().getValue().toPlainString() + " %")
                : Optional.<String>empty();
        var band = Optional.ofNullable(prediction.getQualitativeRisk().getText());
        return Stream.concat(probability.stream(), band.stream()).collect(Collectors.joining(", "));
    }
}
