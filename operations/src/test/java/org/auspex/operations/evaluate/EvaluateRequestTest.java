package org.auspex.operations.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.appraisal.PatientGroups;
import org.auspex.kernel.features.Criteria;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

class EvaluateRequestTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String STROKE = "Condition?code=http://snomed.info/sct|230690007";

    @Test
    void readsEverythingThatIsGiven() {
        var parameters = new Parameters();
        parameters.addParameter().setName("cohort").setValue(new Reference("Group/1"));
        parameters.addParameter("asOf", new DateTimeType("2026-01-15T12:00:00Z"));
        parameters.addParameter("outcome", STROKE);
        parameters.addParameter("competing", "Patient?deceased=true");
        parameters.addParameter("window", "P30D");
        parameters.addParameter("subgroup", new CodeType("sex"));
        parameters.addParameter("subgroup", new CodeType("age"));
        parameters.addParameter("threshold", new DecimalType("0.2"));

        var request = EvaluateRequest.parse(parameters, NOW);

        assertThat(request.whom().group()).contains("Group/1");
        assertThat(request.whom().query()).isEmpty();
        assertThat(request.asOf()).contains(Instant.parse("2026-01-15T12:00:00Z"));
        assertThat(request.outcome()).isEqualTo(Criteria.parse(STROKE));
        assertThat(request.competing()).contains(Criteria.parse("Patient?deceased=true"));
        assertThat(request.words())
                .isEqualTo(
                        "cohort Group/1; predicted as of 2026-01-15T12:00:00Z; outcome %s beside Patient?deceased=true within PT720H"
                                .formatted(STROKE));
        assertThat(request.window()).isEqualTo(Duration.ofDays(30));
        assertThat(request.whom().by()).containsExactly(PatientGroups.SEX, PatientGroups.AGE);
        assertThat(request.thresholds()).contains(List.of(0.2));
    }

    @Test
    void saysEverythingThatIsMissing() {
        assertThatThrownBy(() -> EvaluateRequest.parse(new Parameters(), NOW))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Name whom to judge it on")
                .hasMessageContaining("Say when people are predicted")
                .hasMessageContaining("outcome is missing")
                .hasMessageContaining("window is missing");
    }

    @Test
    void saysEverythingThatIsWrong() {
        var parameters = new Parameters();
        parameters.addParameter().setName("cohort").setValue(new Reference("Patient/1"));
        parameters.addParameter("query", "Patient?gender=female");
        parameters.addParameter("asOf", new DateTimeType("2027-01-15T12:00:00Z"));
        parameters.addParameter("index", "encounters");
        parameters.addParameter("outcome", "stroke");
        parameters.addParameter("window", "thirty days");
        parameters.addParameter("subgroup", new CodeType("weight"));
        parameters.addParameter("threshold", "high");
        parameters.addParameter("persist", true);

        assertThatThrownBy(() -> EvaluateRequest.parse(parameters, NOW))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("cohort 'Patient/1' is no Reference to a Group")
                .hasMessageContaining("and not by both")
                .hasMessageContaining("asOf '2027-01-15T12:00:00Z' is in the future")
                .hasMessageContaining("index 'encounters' is no search")
                .hasMessageContaining("outcome 'stroke' is no search")
                .hasMessageContaining("window 'thirty days' is no length of time")
                .hasMessageContaining("subgroup 'weight' is unknown; known are sex and age")
                .hasMessageContaining("threshold 'high' is no decimal")
                .hasMessageContaining("Parameter 'persist' is unknown");
    }

    @Test
    void refusesAWindowOfNothing() {
        var parameters = new Parameters();
        parameters.addParameter("query", "Patient?gender=female");
        parameters.addParameter("index", "Encounter");
        parameters.addParameter("outcome", STROKE);
        parameters.addParameter("window", "-P30D");

        assertThatThrownBy(() -> EvaluateRequest.parse(parameters, NOW))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("window '-P30D' is no length of time above nothing; write it as P30D or PT24H");
    }

    @Test
    void ofAModelThatMarksNoOutcomeIsAskedFor() {
        var parameters = new Parameters();
        parameters.addParameter("query", "ImagingStudy?modality=US");
        parameters.addParameter("subgroup", new CodeType("sex"));

        assertThat(SegmentationRequest.parse(parameters))
                .isEqualTo(new Whom(
                        Optional.empty(), Optional.of("ImagingStudy?modality=US"), List.of(PatientGroups.SEX)));

        parameters.addParameter("outcome", STROKE);
        parameters.addParameter("window", "P30D");
        assertThatThrownBy(() -> SegmentationRequest.parse(parameters))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("leave out outcome, window");
    }
}
