package org.auspex.operations.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.inference.Priority;
import org.auspex.operations.job.JobOrder;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

class PredictRequestTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void aGroupIsAnOrderInNoHurry() {
        var request =
                PredictRequest.parse(new Parameters().addParameter("model", "news2"), Optional.of("Group/1"), NOW);

        assertThat(request.isAboutMany()).isTrue();
        assertThat(request.order(NOW))
                .isEqualTo(new JobOrder(List.of("news2"), "Group/1", false, NOW, true, Priority.ROUTINE));
    }

    @Test
    void aSearchIsACohortAndMayBeUrgent() {
        var parameters = new Parameters().addParameter("cohort", "Patient?gender=female");
        parameters.addParameter("priority", new CodeType("urgent"));
        parameters.addParameter("persist", false);

        var request = PredictRequest.parse(parameters, Optional.empty(), NOW);

        assertThat(request.isAboutMany()).isTrue();
        assertThat(request.order(NOW))
                .isEqualTo(new JobOrder(List.of(), "Patient?gender=female", true, NOW, false, Priority.URGENT));
    }

    @Test
    void onePatientIsUrgentUnlessTheClientSaysOtherwise() {
        var request = PredictRequest.parse(null, Optional.of("Patient/1"), NOW);

        assertThat(request.isAboutMany()).isFalse();
        assertThat(request.order(NOW).priority()).isEqualTo(Priority.URGENT);
    }

    @Test
    void whatNeedsAWaitingClientIsRefusedAtOnce() {
        var parameters = new Parameters().addParameter("explain", true);
        parameters.addParameter().setName("data").setResource(new Bundle().setType(Bundle.BundleType.COLLECTION));

        var request = PredictRequest.parse(parameters, Optional.empty(), NOW);

        assertThatThrownBy(() -> request.order(NOW))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("data can only be sent")
                .hasMessageContaining("explain is only for");
    }

    @Test
    void aCohortStandsAlone() {
        var parameters = new Parameters().addParameter("cohort", "Patient?gender=female");
        parameters.addParameter("subject", new Reference("Patient/1"));

        assertThatThrownBy(() -> PredictRequest.parse(parameters, Optional.empty(), NOW))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("A cohort is all there is");
    }
}
