package org.auspex.kernel.watch;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Date;
import java.util.Optional;
import java.util.TreeMap;
import org.auspex.kernel.evaluation.PopulationStability;
import org.auspex.kernel.findings.ModelDevice;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/** The figures of a version as an Observation on its Device. It is counted by rule, so it does not bear the label of artificial intelligence. */
public final class WatchObservation {

    private static final int DIGITS = 4;
    private static final int PERCENT = 100;

    private final Watched watched;
    private final Observation observation = new Observation();

    private WatchObservation(Watched watched) {
        this.watched = watched;
    }

    /** With its identifier and no id. */
    public static Observation of(Watched watched) {
        return new WatchObservation(watched).filled();
    }

    private Observation filled() {
        observation.addIdentifier().setSystem(Systems.WATCHED).setValue(watched.model() + "|" + watched.end());
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.setCode(concept("model-watch", "How a model fares"));
        observation.setSubject(new Reference("Device/" + ModelDevice.id(watched.model())));
        observation.setEffective(new Period()
                .setStartElement(time(watched.end().minus(watched.over()).toEpochMilli()))
                .setEndElement(time(watched.end().toEpochMilli())));
        observation.setIssued(Date.from(watched.end()));
        add("predictions", "Answers and abstentions", watched.predictions());
        add("abstentions", "Abstentions", watched.abstained());
        add("patients", "Patients with a result", watched.patients());
        add("high-risk-per-100", "High risks for 100 results", watched.highRiskPer100(), "1");
        add("high-risk-per-patient-day", "High risks for a patient and day", watched.highRiskPerPatientDay(), "/d");
        people();
        watched.output().ifPresent(moved -> stability(Optional.empty(), moved));
        watched.inputs().forEach(this::input);
        return observation;
    }

    private void people() {
        var confirmed = watched.confirmed();
        add("confirmed", "Results that people confirmed", confirmed.confirmed());
        add("corrected", "Results that people corrected", confirmed.corrected());
        add("rejected", "Results that people rejected", confirmed.rejected());
        add("diagnoses-agreeing", "Patients diagnosed as the model had said", confirmed.agreeing());
        add("diagnoses-disagreeing", "Patients diagnosed otherwise than the model had said", confirmed.disagreeing());
        if (confirmed.segmentations() > 0) {
            add("segmentations", "Segmentations compared with those of people", confirmed.segmentations());
            add("segmentation-dice", "Mean of Dice's coefficients", Optional.of(confirmed.dice()), "1");
        }
    }

    private void input(Watched.WatchedInput input) {
        component("missing-share", "Missing of " + input.name(), Optional.of(input.name()))
                .setValue(percent((double) input.missing() / Math.max(1, input.rows())));
        input.usuallyMissing()
                .ifPresent(share -> component(
                                "usual-missing-share", "Usually missing of " + input.name(), Optional.of(input.name()))
                        .setValue(percent(share)));
        input.stability().ifPresent(moved -> stability(Optional.of(input.name()), moved));
        new TreeMap<>(input.units())
                .forEach((unit, share) -> component(
                                "unit-share", "%s in %s".formatted(input.name(), unit), Optional.of(input.name()))
                        .setValue(percent(share)));
    }

    /** Without an input, of what the model says. */
    private void stability(Optional<String> input, PopulationStability moved) {
        var of = input.orElse("the result");
        component("population-stability", "Population stability index of " + of, input)
                .setValue(number(moved.index(), "1"));
        component(
                        "stability-by-chance",
                        "Population stability index of %s exceeded by chance in one of twenty".formatted(of),
                        input)
                .setValue(number(moved.byChance(), "1"));
    }

    private void add(String code, String words, long count) {
        component(code, words, Optional.empty())
                .setValue(new Quantity()
                        .setValue(count)
                        .setUnit("1")
                        .setSystem(Systems.UCUM)
                        .setCode("1"));
    }

    private void add(String code, String words, Optional<Double> figure, String unit) {
        figure.ifPresent(found -> component(code, words, Optional.empty()).setValue(number(found, unit)));
    }

    private Observation.ObservationComponentComponent component(String code, String words, Optional<String> input) {
        var concept = concept(code, words);
        input.ifPresent(name -> concept.addCoding().setSystem(Systems.INPUT).setCode(name));
        return observation.addComponent().setCode(concept);
    }

    private static CodeableConcept concept(String code, String words) {
        var concept = new CodeableConcept().setText(words);
        concept.addCoding().setSystem(Systems.WATCH).setCode(code);
        return concept;
    }

    private static Quantity percent(double share) {
        return number(PERCENT * share, "%");
    }

    private static Quantity number(double value, String unit) {
        return new Quantity()
                .setValue(BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP))
                .setUnit(unit)
                .setSystem(Systems.UCUM)
                .setCode(unit);
    }

    private static DateTimeType time(long millis) {
        return new DateTimeType(
                new Date(millis),
                ca.uhn.fhir.model.api.TemporalPrecisionEnum.SECOND,
                java.util.TimeZone.getTimeZone("UTC"));
    }
}
