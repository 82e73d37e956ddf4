package org.auspex.kernel.findings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.Reading;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * Why a result is what it is: an Observation with one component per input, holding the value used and, as extensions,
 * how much it moved the result and what was done to it.
 */
public final class Explanation {

    public static final String CONTRIBUTION = Systems.AUSPEX + "/StructureDefinition/contribution";
    public static final String NOTE = Systems.AUSPEX + "/StructureDefinition/input-note";

    private final ModelCard card;

    public Explanation(ModelCard card) {
        this.card = card;
    }

    /** Explains one result; nothing of it is stored. */
    public Observation of(Evidence evidence, List<Contribution> contributions) {
        var amounts = contributions.stream()
                .collect(Collectors.toMap(
                        Contribution::input, Function.identity(), Explanation::sum, LinkedHashMap::new));
        var observation = new Observation();
        observation.getMeta().addSecurity().setSystem(Systems.OBSERVATION_VALUE).setCode(Systems.AIAST);
        observation
                .addIdentifier()
                .setSystem(Systems.PREDICTION)
                .setValue(Identity.of(card.id(), evidence).hash());
        observation.setStatus(Observation.ObservationStatus.PRELIMINARY);
        observation.setCode(
                new CodeableConcept().setText("Explanation of " + card.about().title()));
        observation.getCode().addCoding().setSystem(Systems.INPUT).setCode("explanation");
        observation.setSubject(new Reference(evidence.subject().patient()));
        observation.setEffective(new DateTimeType(Date.from(evidence.asOf())));
        observation.setDevice(ModelDevice.reference(card));
        contributions.stream()
                .findFirst()
                .ifPresent(any -> observation.setMethod(new CodeableConcept().setText(method(any.scale()))));
        var declared =
                card.requirements().inputs().stream().collect(Collectors.toMap(Input::name, Function.identity()));
        evidence.readings().forEach(reading -> {
            var component = observation.addComponent();
            component.setCode(Findings.inputCode(reading.input()));
            value(component, reading, declared.get(reading.input()));
            Optional.ofNullable(amounts.remove(reading.input()))
                    .ifPresent(amount -> component.addExtension(CONTRIBUTION, contribution(amount)));
            reading.notes().forEach(note -> component.addExtension(NOTE, new StringType(note)));
        });
        Certainty.of(card, evidence.features()).write(observation);
        // What is left is about names that the scorecard defines from several inputs.
        amounts.values()
                .forEach(amount -> observation
                        .addComponent()
                        .setCode(Findings.inputCode(amount.input()))
                        .addExtension(CONTRIBUTION, contribution(amount)));
        return observation;
    }

    /** How the contributions were found. */
    private static String method(Contribution.Scale scale) {
        return switch (scale) {
            case POINTS -> "points of the score's items";
            case PERCENTAGE_POINTS -> "occlusion";
            case LINEAR_PREDICTOR -> "terms of the linear predictor";
        };
    }

    private static Contribution sum(Contribution one, Contribution other) {
        return new Contribution(one.input(), one.amount() + other.amount(), one.scale());
    }

    private static void value(
            Observation.ObservationComponentComponent component,
            Reading reading,
            @org.jspecify.annotations.Nullable Input input) {
        if (reading.feature() instanceof Feature.Numeric numeric) {
            component.setValue(quantity(numeric, input));
        } else if (reading.feature() instanceof Feature.Categorical categorical) {
            component.setValue(new CodeableConcept().setText(categorical.category()));
        } else {
            component
                    .getDataAbsentReason()
                    .addCoding()
                    .setSystem("http://terminology.hl7.org/CodeSystem/data-absent-reason")
                    .setCode("unknown");
        }
    }

    private static Type quantity(Feature.Numeric numeric, @org.jspecify.annotations.Nullable Input input) {
        var quantity = new Quantity().setValue(BigDecimal.valueOf(numeric.value()));
        if (input != null) {
            input.sources().stream()
                    .findFirst()
                    .flatMap(Source::unit)
                    .ifPresent(unit ->
                            quantity.setUnit(unit).setSystem(Systems.UCUM).setCode(unit));
        }
        return quantity;
    }

    private static Quantity contribution(Contribution contribution) {
        var amount = contribution.amount();
        return switch (contribution.scale()) {
            case POINTS -> Findings.points(amount);
            case PERCENTAGE_POINTS -> quantity(amount, 1, "percentage points", "%");
            case LINEAR_PREDICTOR -> quantity(amount, 4, "in the linear predictor", "1");
        };
    }

    private static Quantity quantity(double amount, int digits, String unit, String code) {
        return new Quantity()
                .setValue(BigDecimal.valueOf(amount).setScale(digits, RoundingMode.HALF_UP))
                .setUnit(unit)
                .setSystem(Systems.UCUM)
                .setCode(code);
    }
}
