package org.auspex.operations.adapt;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.math.BigInteger;
import org.auspex.kernel.ModelNotReady;
import org.auspex.kernel.Models;
import org.auspex.kernel.adaptation.Adaptation;
import org.auspex.kernel.adaptation.AdaptationOrder;
import org.auspex.kernel.adaptation.Adaptations;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Rollout;
import org.auspex.operations.ModelAsked;
import org.auspex.operations.Refusal;
import org.auspex.operations.job.Accepted;
import org.auspex.store.Rollouts;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;

/** {@code POST [base]/Device/[id]/$adapt}, where the Device is a version of a head that serves. Always answers 202. */
public final class AdaptProvider {

    private final Models models;
    private final NamedStudies studies;
    private final Adaptations adaptations;
    private final Rollouts rollouts;

    public AdaptProvider(Models models, NamedStudies studies, Adaptations adaptations, Rollouts rollouts) {
        this.models = models;
        this.studies = studies;
        this.adaptations = adaptations;
        this.rollouts = rollouts;
    }

    @Operation(
            name = "$adapt",
            typeName = "Device",
            canonicalUrl = "https://auspex-fhir.org/fhir/OperationDefinition/adapt")
    public OperationOutcome adapt(@IdParam IdType device, RequestDetails http) {
        var request = AdaptRequest.parse(http.getResource());
        var base = ModelAsked.card(device.getIdPart(), models);
        return Refusal.mapped(() -> begun(request, base, http));
    }

    private OperationOutcome begun(AdaptRequest request, ModelCard base, RequestDetails http) {
        Adaptation.requireHead(base);
        var problem = models.problems().get(base.id());
        if (problem != null) {
            throw new ModelNotReady(base.id().toString(), problem);
        }
        var order = new AdaptationOrder(
                base,
                request.version().orElseGet(() -> next(base.id())),
                studies.labelled(request, base, http),
                studies.unlabelled(request, base, http),
                request.heldOut(),
                request.plan());
        var by = ModelAsked.by(
                http,
                "adapted from %s on %d images"
                        .formatted(base.id(), order.cases().size()));
        var job = adaptations.begin(order, adapted -> shadow(adapted.card(), by));
        return Accepted.opened(
                AdaptStatusProvider.STATUS,
                job.id(),
                "%s is made from %d images"
                        .formatted(order.candidate(), order.cases().size()),
                http);
    }

    /** The card says so already; chosen, it is in the Device and in the audit. */
    private void shadow(ModelCard candidate, Rollouts.By by) {
        rollouts.choose(candidate, Rollout.SHADOW, by);
        models.roll(rollouts.chosen());
    }

    /** The second number one higher than that of any version with the same first number. */
    private String next(ModelId base) {
        var second = models.serving().stream()
                .map(ModelCard::id)
                .filter(id -> id.name().equals(base.name()) && id.line().equals(base.line()))
                .map(id -> new BigInteger(id.version().split("\\.", -1)[1]))
                .max(BigInteger::compareTo)
                .orElse(BigInteger.ZERO);
        return "%s.%s.0".formatted(base.line(), second.add(BigInteger.ONE));
    }
}
