package org.auspex.kernel.findings;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Output;
import org.auspex.terminology.Code;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;

/** The Observation that stands beside a RiskAssessment: the points of a score, or the expected time of a survival curve. */
final class ResultObservation {

    private final ModelCard card;
    private final Evidence evidence;
    private final Identity identity;
    private final Instant now;

    ResultObservation(ModelCard card, Evidence evidence, Identity identity, Instant now) {
        this.card = card;
        this.evidence = evidence;
        this.identity = identity;
        this.now = now;
    }

    /** None for an outcome that its RiskAssessment says in full. */
    List<DomainResource> of(Outcome outcome) {
        if (outcome instanceof Outcome.Score score) {
            return List.of(score(score));
        }
        if (outcome instanceof Outcome.Survival survival) {
            return List.of(survival(survival));
        }
        return List.of();
    }

    Observation survival(Outcome.Survival survival) {
        var observation = observation(survival.output());
        new SurvivalFindings(survival).fill(observation);
        return observation;
    }

    private Observation score(Outcome.Score score) {
        var observation = observation(card.output());
        observation.setValue(Findings.points(score.total()));
        score.items()
                .forEach(item -> observation
                        .addComponent()
                        .setCode(Findings.inputCode(item.name()))
                        .setValue(Findings.points(item.points())));
        return observation;
    }

    private Observation observation(Output output) {
        var observation = new Observation();
        observation.setMeta(Findings.meta());
        observation.addIdentifier().setSystem(Systems.PREDICTION).setValue(identity.hash());
        observation.setStatus(Observation.ObservationStatus.PRELIMINARY);
        observation.setCode(new CodeableConcept().setText(card.about().title()));
        var code = output.code().orElse(new Code(Systems.MODEL, card.id().name()));
        observation.getCode().addCoding().setSystem(code.system()).setCode(code.code());
        observation.setSubject(new Reference(evidence.subject().patient()));
        if (evidence.subject().isEncounter()) {
            observation.setEncounter(new Reference(evidence.subject().reference()));
        }
        observation.setEffective(Findings.time(evidence.asOf()));
        observation.setIssued(Date.from(now));
        observation.setDevice(ModelDevice.reference(card));
        evidence.basis().stream()
                .filter(reference -> reference.startsWith("Observation/") || reference.startsWith("ImagingStudy/"))
                .forEach(reference -> observation.addDerivedFrom(new Reference(reference)));
        return observation;
    }
}
