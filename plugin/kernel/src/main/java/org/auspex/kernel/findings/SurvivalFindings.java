package org.auspex.kernel.findings;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.RiskAssessment;

/** A survival curve in FHIR: a prediction for each horizon, and the expected time with the curve in its components. */
final class SurvivalFindings {

    /** At which time the probability of a component holds. */
    static final String AT = Systems.AUSPEX + "/StructureDefinition/at-time";

    /** Four digits tell the days of five years apart, which is more than any curve knows. */
    private static final MathContext PRECISION = new MathContext(4);

    private final Outcome.Survival survival;

    SurvivalFindings(Outcome.Survival survival) {
        this.survival = survival;
    }

    /** One for each horizon; the risk group stands on that of the last, which it is about. */
    List<RiskAssessment.RiskAssessmentPredictionComponent> predictions() {
        var predictions = new ArrayList<RiskAssessment.RiskAssessmentPredictionComponent>();
        for (var horizon : survival.followUp().horizons()) {
            var prediction = Findings.predicted(survival.output());
            prediction.setProbability(
                    new DecimalType(Findings.percent(survival.curve().risk(horizon))));
            prediction.setWhen(new Range().setLow(time(0)).setHigh(time(horizon)));
            predictions.add(prediction);
        }
        survival.band()
                .ifPresent(band -> predictions
                        .get(predictions.size() - 1)
                        .setQualitativeRisk(Findings.qualitative(band.risk(), band.text())));
        return predictions;
    }

    /**
     * Fills in what is expected: the median time, as a value, with the quartiles and the curve as components. A time beyond the
     * end of the curve is written as more than that end.
     */
    void fill(Observation observation) {
        observation.getCode().addCoding().setSystem(Systems.SURVIVAL).setCode("median-time");
        observation.setValue(reached(0.5));
        quartile(observation, "lower-quartile-time", "A quarter has had it by", 0.75);
        quartile(observation, "upper-quartile-time", "Three quarters have had it by", 0.25);
        var times = survival.followUp().times();
        for (int i = 0; i < times.size(); i++) {
            var component = observation.addComponent();
            component.setCode(code("event-free-probability", "Free of it after this time"));
            component.setValue(percent(survival.curve().free().get(i)));
            component.addExtension(AT, time(times.get(i)));
        }
    }

    /** The median time with the quartiles around it, in words. */
    String words() {
        return "%s: median %s, half of them between %s and %s"
                .formatted(survival.output().display(), word(0.5), word(0.75), word(0.25));
    }

    private String word(double level) {
        var when = reached(level);
        return "%s%s %s"
                .formatted(
                        when.hasComparator() ? "more than " : "",
                        when.getValue().toPlainString(),
                        when.getUnit());
    }

    private void quartile(Observation observation, String code, String words, double level) {
        observation.addComponent().setCode(code(code, words)).setValue(reached(level));
    }

    private Quantity reached(double level) {
        Optional<Double> when = survival.curve().fallsTo(level);
        return when.map(this::time)
                .orElseGet(
                        () -> time(survival.followUp().end()).setComparator(Quantity.QuantityComparator.GREATER_THAN));
    }

    private static CodeableConcept code(String code, String words) {
        var concept = new CodeableConcept().setText(words);
        concept.addCoding().setSystem(Systems.SURVIVAL).setCode(code);
        return concept;
    }

    private Quantity time(double time) {
        var unit = survival.followUp().unit();
        return new Quantity()
                .setValue(plain(new BigDecimal(time).round(PRECISION)))
                .setUnit(unit)
                .setSystem(Systems.UCUM)
                .setCode(unit);
    }

    private static BigDecimal plain(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
    }

    private static Quantity percent(double probability) {
        return new Quantity()
                .setValue(Findings.percent(probability))
                .setUnit("%")
                .setSystem(Systems.UCUM)
                .setCode("%");
    }
}
