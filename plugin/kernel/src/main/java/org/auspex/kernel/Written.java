package org.auspex.kernel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;

/** The resources of one result as they are stored. */
public record Written(RiskAssessment risk, Optional<Observation> score, Optional<Provenance> provenance) {

    /** Of the RiskAssessment, without version, such as {@code RiskAssessment/12}. */
    public String reference() {
        return risk.fhirType() + "/" + risk.getIdElement().getIdPart();
    }

    /** All of them, the RiskAssessment first. */
    public List<Resource> resources() {
        return Stream.of(Stream.of(risk), score.stream(), provenance.stream())
                .flatMap(stream -> stream)
                .map(Resource.class::cast)
                .toList();
    }
}
