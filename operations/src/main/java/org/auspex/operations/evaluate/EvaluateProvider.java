package org.auspex.operations.evaluate;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.auspex.kernel.ModelNotReady;
import org.auspex.kernel.Models;
import org.auspex.kernel.appraisal.AppraisalRefused;
import org.auspex.kernel.background.Background;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Output;
import org.auspex.operations.ModelAsked;
import org.auspex.operations.Refusal;
import org.auspex.operations.job.Accepted;
import org.auspex.store.Reports;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;

/** {@code POST [base]/Device/[id]/$evaluate}, where the Device is a version of a model that serves. Always answers 202. */
public final class EvaluateProvider {

    private final Models models;
    private final OutcomeEvaluation outcomes;
    private final SegmentationEvaluation segmentations;
    private final Background<Reports.Kept> evaluations;

    public EvaluateProvider(
            Models models,
            OutcomeEvaluation outcomes,
            SegmentationEvaluation segmentations,
            Background<Reports.Kept> evaluations) {
        this.models = models;
        this.outcomes = outcomes;
        this.segmentations = segmentations;
        this.evaluations = evaluations;
    }

    @Operation(
            name = "$evaluate",
            typeName = "Device",
            canonicalUrl = "https://auspex-fhir.org/fhir/OperationDefinition/evaluate")
    public OperationOutcome evaluate(@IdParam IdType device, RequestDetails http) {
        var card = ModelAsked.card(device.getIdPart(), models);
        return Refusal.mapped(() -> begun(card, http));
    }

    private OperationOutcome begun(ModelCard card, RequestDetails http) {
        if (!card.predicts()) {
            throw Refusal.ofTensors(card);
        }
        var problem = models.problems().get(card.id());
        if (problem != null) {
            throw new ModelNotReady(card.id().toString(), problem);
        }
        var ordered = card.output().kind() == Output.Kind.MASK
                ? segmentations.ordered(card, http)
                : outcomes.ordered(card, http);
        var job = evaluations.begin(card.id().toString(), ordered.work(), AppraisalRefused.class);
        return Accepted.opened(
                EvaluateStatusProvider.STATUS,
                job.id(),
                "%s is judged on up to %d subjects".formatted(card.id(), ordered.subjects()),
                http);
    }
}
