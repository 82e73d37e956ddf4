package org.auspex.operations.predict;

import java.util.List;
import org.auspex.kernel.Answer;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Window;
import org.auspex.kernel.findings.ModelDevice;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Reference;

/** Writes abstentions as GuidanceResponses or OperationOutcome issues. */
final class PredictAnswer {

    private PredictAnswer() {}

    /** Why a model said nothing, as a GuidanceResponse that asks for what is missing. */
    static GuidanceResponse guidance(ModelCard card, Evidence evidence, Outcome.Abstained abstained) {
        var guidance = new GuidanceResponse();
        guidance.setStatus(GuidanceResponse.GuidanceResponseStatus.DATAREQUIRED);
        guidance.setModule(new CodeableConcept().setText(card.about().title()));
        guidance.getModuleCodeableConcept()
                .addCoding()
                .setSystem(Systems.MODEL)
                .setCode(card.id().toString());
        guidance.setSubject(new Reference(evidence.subject().patient()));
        guidance.setPerformer(new Reference("Device/" + ModelDevice.id(card.id())));
        abstained.reasons().forEach(reason -> guidance.addReasonCode().setText(reason.toString()));
        for (var input : missing(card, abstained)) {
            for (var source : input.sources()) {
                requirement(guidance, source);
            }
        }
        return guidance;
    }

    private static void requirement(GuidanceResponse guidance, Source source) {
        var requirement = guidance.addDataRequirement();
        requirement.setType(source.from().resourceType());
        if (!source.from().codes().isEmpty()) {
            var filter = requirement.addCodeFilter().setPath("code");
            source.from()
                    .codes()
                    .forEach(code -> filter.addCode().setSystem(code.system()).setCode(code.code()));
        }
        source.from()
                .valueSets()
                .forEach(set -> requirement.addCodeFilter().setPath("code").setValueSet(set));
    }

    /** The same as issues of an OperationOutcome: each input with its codes and window. */
    static void issues(OperationOutcome outcome, ModelCard card, Answer answer) {
        var abstained = (Outcome.Abstained) answer.outcome();
        for (var reason : abstained.reasons()) {
            var input = reason.input().flatMap(name -> input(card, name));
            outcome.addIssue()
                    .setSeverity(OperationOutcome.IssueSeverity.ERROR)
                    .setCode(OperationOutcome.IssueType.REQUIRED)
                    .setDiagnostics("%s: %s%s"
                            .formatted(
                                    card.id(),
                                    reason,
                                    input.map(PredictAnswer::expectation).orElse("")));
        }
    }

    private static String expectation(Input input) {
        var window = input.window()
                .within()
                .map(within -> ", within " + Window.words(within))
                .orElse("");
        var from = input.sources().stream()
                .map(source ->
                        source.from() + source.unit().map(unit -> " in " + unit).orElse(""))
                .toList();
        if (from.isEmpty()) {
            return "";
        }
        return " (expected from %s%s)".formatted(String.join(" or ", from), window);
    }

    private static List<Input> missing(ModelCard card, Outcome.Abstained abstained) {
        return abstained.reasons().stream()
                .flatMap(reason -> reason.input().flatMap(name -> input(card, name)).stream())
                .toList();
    }

    private static java.util.Optional<Input> input(ModelCard card, String name) {
        return card.requirements().inputs().stream()
                .filter(input -> input.name().equals(name))
                .findFirst();
    }
}
