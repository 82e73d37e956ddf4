package org.auspex.kernel.evidence;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Optional;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.signals.Rhythm;
import org.auspex.kernel.signals.Signal;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.SampledData;
import org.hl7.fhir.r4.model.Type;

/** What is measured in a lead of an ECG, an Observation or a component of one with SampledData. */
final class EcgValues {

    private static final String PER_MINUTE = "/min";
    private static final String ONE = "1";
    private static final MathContext DIGITS = new MathContext(4);

    private EcgValues() {}

    /** Empty if the element holds no single lead, or one in which no rhythm is to be found. */
    static Optional<Value> of(Base element, Source source) {
        return sampled(element).flatMap(EcgValues::signal).flatMap(Rhythm::of).map(rhythm -> switch (source.value()) {
            case Source.ECG_RATE -> measured(rhythm.rate(), PER_MINUTE);
            case Source.ECG_IRREGULARITY -> measured(rhythm.irregularity(), ONE);
            case Source.ECG_QUALITY -> measured(rhythm.quality(), ONE);
            default -> throw new IllegalArgumentException(source.value() + " is not measured in an ECG");
        });
    }

    private static Value measured(double number, String unit) {
        return new Value.Measured(new BigDecimal(number).round(DIGITS), "", Optional.of(unit), unit);
    }

    private static Optional<SampledData> sampled(Base element) {
        Optional<Type> value = Optional.empty();
        if (element instanceof Observation observation) {
            value = Optional.ofNullable(observation.getValue());
        } else if (element instanceof ObservationComponentComponent component) {
            value = Optional.ofNullable(component.getValue());
        }
        return value.filter(SampledData.class::isInstance).map(SampledData.class::cast);
    }

    /** {@code E} (an error), {@code U} and {@code L} (beyond what can be measured) count as not measured. */
    private static Optional<Signal> signal(SampledData sampled) {
        if (sampled.getDimensions() != 1
                || !sampled.hasData()
                || !sampled.hasPeriod()
                || sampled.getPeriod().signum() <= 0) {
            return Optional.empty();
        }
        var factor = sampled.hasFactor() ? sampled.getFactor().doubleValue() : 1;
        var words = sampled.getData().strip().split("\\s+");
        try {
            var samples = Arrays.stream(words)
                    .mapToDouble(word -> "EUL".contains(word) ? Double.NaN : factor * Double.parseDouble(word))
                    .toArray();
            return Optional.of(new Signal(1000 / sampled.getPeriod().doubleValue(), samples));
        } catch (NumberFormatException e) {
            // Data of another kind than the specification allows hold no signal.
            return Optional.empty();
        }
    }
}
