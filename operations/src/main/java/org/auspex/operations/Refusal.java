package org.auspex.operations;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.Locale;
import java.util.function.Supplier;
import org.auspex.kernel.ModelNotReady;
import org.auspex.kernel.UnknownModel;
import org.auspex.kernel.adaptation.AdaptationRefused;
import org.auspex.kernel.appraisal.AppraisalRefused;
import org.auspex.kernel.background.TooManyJobs;
import org.auspex.kernel.evidence.TooMuchEvidence;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.language.consult.QuestionRefused;
import org.auspex.language.documents.DocumentRefused;
import org.auspex.store.CohortRefused;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.OperationOutcome;

/** Says the kernel's refusals in HTTP. */
public final class Refusal {

    private Refusal() {}

    /** The answer, or the HTTP error that the contracts name for why there is none. */
    public static <T> T mapped(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (UnknownModel e) {
            throw new ResourceNotFoundException(e.getMessage());
        } catch (ModelNotReady e) {
            throw new ResourceVersionConflictException(e.getMessage());
        } catch (TooMuchEvidence | CohortRefused | ImageRefused | AdaptationRefused | AppraisalRefused e) {
            throw new UnprocessableEntityException(e.getMessage());
        } catch (DocumentRefused e) {
            throw of(OperationOutcome.IssueType.PROCESSING, reason(e), String.valueOf(e.getMessage()));
        } catch (TooManyJobs e) {
            throw later(429, e);
        } catch (QuestionRefused e) {
            var reason = e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
            throw of(OperationOutcome.IssueType.BUSINESSRULE, reason, String.valueOf(e.getMessage()));
        } catch (InferenceFailed e) {
            throw failure(e);
        }
    }

    /**
     * 422, with an issue of its own.
     *
     * @param reason one word for those who count
     * @param why what is wrong and what to do
     */
    public static BaseServerResponseException of(OperationOutcome.IssueType code, String reason, String why) {
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(OperationOutcome.IssueSeverity.ERROR)
                .setCode(code)
                .setDetails(new CodeableConcept().setText(reason))
                .setDiagnostics(why);
        return new UnprocessableEntityException(why, outcome);
    }

    private static String reason(DocumentRefused refused) {
        return refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of a model that has nothing to say about anybody. */
    public static BaseServerResponseException ofTensors(ModelCard card) {
        return new InvalidRequestException(
                "Model %s computes tensors and says nothing about anybody; call it at /v2".formatted(card.id()));
    }

    /** Of a shadow whose answer was to be stored. */
    public static BaseServerResponseException ofShadow(ModelId shadow) {
        return new UnprocessableEntityException(
                "%s is a shadow, and what it says does not belong in the record; set persist to false"
                        .formatted(shadow));
    }

    private static BaseServerResponseException failure(InferenceFailed failed) {
        return switch (failed.kind()) {
            case FAULT -> new InternalErrorException(failed.getMessage(), failed);
            case TIMEOUT -> new UnclassifiedServerFailureException(504, failed.getMessage());
            case BUSY, DOWN -> later(503, failed);
        };
    }

    private static BaseServerResponseException later(int status, RuntimeException why) {
        var unavailable = new UnclassifiedServerFailureException(status, why.getMessage());
        unavailable.addResponseHeader("Retry-After", "1");
        return unavailable;
    }
}
