package org.auspex.operations.summarize;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Clock;
import org.auspex.operations.Refusal;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;

/** {@code POST [base]/DocumentReference/[id]/$summarize}, and so for a Patient and an Encounter, of whose notes one is chosen. */
public final class SummarizeProvider {

    private static final String DEFINITION = "https://auspex-fhir.org/fhir/OperationDefinition/summarize";

    private final NoteSource source;
    private final SummarizeExecutor executor;
    private final Clock clock;

    public SummarizeProvider(NoteSource source, SummarizeExecutor executor, Clock clock) {
        this.source = source;
        this.executor = executor;
        this.clock = clock;
    }

    @Operation(name = "$summarize", typeName = "DocumentReference", canonicalUrl = DEFINITION)
    public Bundle summarizeDocument(@IdParam IdType document, RequestDetails http) {
        return answer("DocumentReference/" + document.getIdPart(), http);
    }

    @Operation(name = "$summarize", typeName = "Patient", canonicalUrl = DEFINITION)
    public Bundle summarizePatient(@IdParam IdType patient, RequestDetails http) {
        return answer("Patient/" + patient.getIdPart(), http);
    }

    @Operation(name = "$summarize", typeName = "Encounter", canonicalUrl = DEFINITION)
    public Bundle summarizeEncounter(@IdParam IdType encounter, RequestDetails http) {
        return answer("Encounter/" + encounter.getIdPart(), http);
    }

    private Bundle answer(String about, RequestDetails http) {
        var request = SummarizeRequest.parse(http.getResource());
        return Refusal.mapped(() -> executor.execute(source.note(about, http), request, http, clock.instant()));
    }
}
