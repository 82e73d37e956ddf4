package org.auspex.kernel.findings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.Reading;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Output;
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
                .collect(Collectors.toMap(Contribution::input, Contribution::amount, Double::sum));
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
        var declared =
                card.requirements().inputs().stream().collect(Collectors.toMap(Input::name, Function.identity()));
        evidence.readings().forEach(reading -> {
            var component = observation.addComponent();
            component.setCode(Findings.inputCode(reading.input()));
            value(component, reading, declared.get(reading.input()));
            var amount = amounts.get(reading.input());
            if (amount != null) {
                component.addExtension(CONTRIBUTION, contribution(amount));
            }
            reading.notes().forEach(note -> component.addExtension(NOTE, new StringType(note)));
        });
        return observation;
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
            input.sources()
                    .get(0)
                    .unit()
                    .ifPresent(unit ->
                            quantity.setUnit(unit).setSystem(Systems.UCUM).setCode(unit));
        }
        return quantity;
    }

    private Quantity contribution(double amount) {
        if (card.output().kind() == Output.Kind.SCORE) {
            return Findings.points(amount);
        }
        return new Quantity()
                .setValue(BigDecimal.valueOf(amount).setScale(1, RoundingMode.HALF_UP))
                .setUnit("percentage points")
                .setSystem(Systems.UCUM)
                .setCode("%");
    }
}
