package org.auspex.operations.rollout;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.Optional;
import org.auspex.kernel.Models;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Rollout;
import org.auspex.operations.ModelAsked;
import org.auspex.store.Rollouts;
import org.auspex.store.ShadowTable;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/** {@code POST [base]/Device/[id]/$rollout}, where the Device is a version of a model that serves. */
public final class RolloutProvider {

    private final Models models;
    private final Rollouts rollouts;
    private final ShadowTable shadows;

    public RolloutProvider(Models models, Rollouts rollouts, ShadowTable shadows) {
        this.models = models;
        this.rollouts = rollouts;
        this.shadows = shadows;
    }

    @Operation(
            name = "$rollout",
            typeName = "Device",
            canonicalUrl = "https://auspex-fhir.org/fhir/OperationDefinition/rollout")
    public Parameters rollout(@IdParam IdType device, RequestDetails http) {
        var request = RolloutRequest.parse(http.getResource());
        var card = ModelAsked.card(device.getIdPart(), models);
        request.wanted().ifPresent(wanted -> choose(card, wanted, ModelAsked.by(http, request.reason())));
        return answer(card);
    }

    private void choose(ModelCard card, Rollout wanted, Rollouts.By by) {
        var compares = wanted.stage() == Rollout.Stage.SHADOW || wanted.stage() == Rollout.Stage.CANARY;
        if (compares && !card.predicts()) {
            throw new UnprocessableEntityException(
                    "%s computes tensors and says nothing about anybody; it can be active or retired, not %s"
                            .formatted(card.id(), wanted));
        }
        rollouts.choose(card, wanted, by);
        models.roll(rollouts.chosen());
    }

    private Parameters answer(ModelCard card) {
        var rollout = models.rollout(card);
        var answer = new Parameters();
        answer.addParameter("model", new StringType(card.id().toString()));
        answer.addParameter("stage", new CodeType(rollout.stage().code()));
        if (rollout.stage() == Rollout.Stage.CANARY) {
            answer.addParameter("percent", new IntegerType(rollout.percent()));
        }
        var comparison = shadows.compare(card.id());
        if (comparison.pairs() > 0) {
            compared(answer.addParameter().setName("comparison"), comparison);
        }
        return answer;
    }

    private static void compared(Parameters.ParametersParameterComponent part, ShadowTable.Comparison comparison) {
        count(part, "pairs", comparison.pairs());
        count(part, "both", comparison.both());
        count(part, "sameRisk", comparison.sameRisk());
        count(part, "onlyShadow", comparison.onlyShadow());
        count(part, "onlyServed", comparison.onlyServed());
        count(part, "neither", comparison.neither());
        count(part, "failed", comparison.failed());
        value(part, "meanDifference", comparison.meanDifference());
        value(part, "meanAbsoluteDifference", comparison.meanAbsoluteDifference());
        value(part, "largestDifference", comparison.largestDifference());
    }

    private static void count(Parameters.ParametersParameterComponent part, String name, long count) {
        part.addPart().setName(name).setValue(new IntegerType(Math.toIntExact(count)));
    }

    private static void value(Parameters.ParametersParameterComponent part, String name, Optional<Double> value) {
        value.ifPresent(number -> part.addPart().setName(name).setValue(new DecimalType(number)));
    }
}
