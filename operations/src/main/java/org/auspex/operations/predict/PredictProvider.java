package org.auspex.operations.predict;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.operations.Refusal;
import org.auspex.operations.job.JobDesk;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code POST [base]/$predict}, {@code [base]/Patient/[id]/$predict}, and so for an Encounter, an ImagingStudy, a DocumentReference and a Group. The parameters
 * are read by hand and not bound by HAPI, which passes over a misspelt one in silence.
 */
public final class PredictProvider {

    private static final String DEFINITION = "https://auspex-fhir.org/fhir/OperationDefinition/predict";

    private final PredictExecutor executor;
    private final JobDesk desk;
    private final Clock clock;

    public PredictProvider(PredictExecutor executor, JobDesk desk, Clock clock) {
        this.executor = executor;
        this.desk = desk;
        this.clock = clock;
    }

    @Operation(name = "$predict", canonicalUrl = DEFINITION)
    public Resource predict(RequestDetails request) {
        return answer(request, Optional.empty());
    }

    @Operation(name = "$predict", typeName = "Patient", canonicalUrl = DEFINITION)
    public Resource predictPatient(@IdParam IdType patient, RequestDetails request) {
        return answer(request, Optional.of("Patient/" + patient.getIdPart()));
    }

    @Operation(name = "$predict", typeName = "ImagingStudy", canonicalUrl = DEFINITION)
    public Resource predictImagingStudy(@IdParam IdType study, RequestDetails request) {
        return answer(request, Optional.of("ImagingStudy/" + study.getIdPart()));
    }

    @Operation(name = "$predict", typeName = "DocumentReference", canonicalUrl = DEFINITION)
    public Resource predictDocument(@IdParam IdType document, RequestDetails request) {
        return answer(request, Optional.of("DocumentReference/" + document.getIdPart()));
    }

    @Operation(name = "$predict", typeName = "Encounter", canonicalUrl = DEFINITION)
    public Resource predictEncounter(@IdParam IdType encounter, RequestDetails request) {
        return answer(request, Optional.of("Encounter/" + encounter.getIdPart()));
    }

    @Operation(name = "$predict", typeName = "Group", canonicalUrl = DEFINITION)
    public Resource predictGroup(@IdParam IdType group, RequestDetails request) {
        return answer(request, Optional.of("Group/" + group.getIdPart()));
    }

    private Resource answer(RequestDetails request, Optional<String> subject) {
        var now = clock.instant();
        var parsed = PredictRequest.parse(request.getResource(), subject, now);
        return Refusal.mapped(() -> parsed.isAboutMany() || isToComeBack(request)
                ? desk.accept(parsed.order(now), request)
                : executor.execute(parsed, request, now));
    }

    /** Whether the client would rather come back for the answer than wait for it. */
    private static boolean isToComeBack(RequestDetails request) {
        return request.getHeaders("Prefer").stream()
                .flatMap(header -> Stream.of(header.split("[,;]")))
                .anyMatch(preference -> preference.strip().equalsIgnoreCase("respond-async"));
    }
}
