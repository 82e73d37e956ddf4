package org.auspex.kernel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;

/** The resources of one result as they are stored. */
public record Written(RiskAssessment risk, Optional<Observation> score, Optional<Provenance> provenance) {

    /** All of them, the RiskAssessment first. */
    public List<Resource> resources() {
        return Stream.of(Stream.of(risk), score.stream(), provenance.stream())
                .flatMap(stream -> stream)
                .map(Resource.class::cast)
                .toList();
    }

    /** The result's reference, {@code RiskAssessment/1}; empty if it was not stored. */
    public Optional<String> reference() {
        var id = risk.getIdElement();
        return id.hasIdPart() && !id.getValue().startsWith("urn:")
                ? Optional.of("RiskAssessment/" + id.getIdPart())
                : Optional.empty();
    }

    /** The result in one line, such as {@code 81.3 %, high}. */
    public String summary() {
        var points = score.map(total -> total.getValueQuantity().getValue().toPlainString() + " points");
        var predictions = risk.getPrediction().stream().map(this::said).filter(words -> !words.isEmpty());
        return Stream.concat(points.stream(), predictions).collect(Collectors.joining(", "));
    }

    private String said(RiskAssessment.RiskAssessmentPredictionComponent prediction) {
        var name = risk.getPrediction().size() > 1 ? prediction.getOutcome().getText() + " " : "";
        var probability = prediction.hasProbabilityDecimalType()
                ? Optional.of(
                        name + prediction.getProbabilityDecimalType().getValue().toPlainString() + " %")
                : Optional.<String>empty();
        var band = Optional.ofNullable(prediction.getQualitativeRisk().getText());
        return Stream.concat(probability.stream(), band.stream()).collect(Collectors.joining(", "));
    }
}
