package org.auspex.operations.predict;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Clock;
import java.util.Optional;
import org.auspex.operations.Refusal;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;

/**
 * {@code POST [base]/$predict}, {@code [base]/Patient/[id]/$predict}, {@code [base]/Encounter/[id]/$predict}. The
 * parameters are read by hand and not bound by HAPI, which passes over a misspelt one in silence.
 */
public final class PredictProvider {

    private static final String DEFINITION = "https://auspex-fhir.org/fhir/OperationDefinition/predict";

    private final PredictExecutor executor;
    private final Clock clock;

    public PredictProvider(PredictExecutor executor, Clock clock) {
        this.executor = executor;
        this.clock = clock;
    }

    @Operation(name = "$predict", canonicalUrl = DEFINITION)
    public Bundle predict(RequestDetails request) {
        return answer(request, Optional.empty());
    }

    @Operation(name = "$predict", typeName = "Patient", canonicalUrl = DEFINITION)
    public Bundle predictPatient(@IdParam IdType patient, RequestDetails request) {
        return answer(request, Optional.of("Patient/" + patient.getIdPart()));
    }

    @Operation(name = "$predict", typeName = "Encounter", canonicalUrl = DEFINITION)
    public Bundle predictEncounter(@IdParam IdType encounter, RequestDetails request) {
        return answer(request, Optional.of("Encounter/" + encounter.getIdPart()));
    }

    private Bundle answer(RequestDetails request, Optional<String> subject) {
        var now = clock.instant();
        var parsed = PredictRequest.parse(request.getResource(), subject, now);
        return Refusal.mapped(() -> executor.execute(parsed, request, now));
    }
}
