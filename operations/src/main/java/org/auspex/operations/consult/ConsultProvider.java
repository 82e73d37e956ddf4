package org.auspex.operations.consult;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import org.auspex.operations.Refusal;
import org.auspex.operations.consult.ConsultCounts.Became;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;

/** {@code POST [base]/Patient/[id]/$consult}. */
public final class ConsultProvider {

    private static final String DEFINITION = "https://auspex-fhir.org/fhir/OperationDefinition/consult";

    private final ConsultExecutor executor;
    private final int maxQuestion;
    private final Clock clock;

    /** @param maxQuestion characters of a question */
    public ConsultProvider(ConsultExecutor executor, int maxQuestion, Clock clock) {
        this.executor = executor;
        this.maxQuestion = maxQuestion;
        this.clock = clock;
    }

    @Operation(name = "$consult", typeName = "Patient", canonicalUrl = DEFINITION)
    public Bundle consult(@IdParam IdType patient, RequestDetails http) {
        try {
            return Refusal.mapped(() -> executor.execute(
                    "Patient/" + patient.getIdPart(),
                    ConsultRequest.parse(http.getResource(), maxQuestion),
                    http,
                    clock.instant()));
        } catch (UnprocessableEntityException e) {
            executor.counts().count(Became.REFUSED);
            throw e;
        }
    }
}
