package org.auspex.kernel.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.evaluation.PopulationStability;
import org.auspex.kernel.model.ModelId;

/**
 * How a version of a model fared over a time.
 *
 * @param end of that time
 * @param over how long it was
 * @param predictions answers that were kept, and abstentions
 * @param abstained of them
 * @param highRisk results with the word high or certain
 * @param patients whom results were about
 * @param output how far what it says has moved; empty of too few
 */
public record Watched(
        ModelId model,
        Instant end,
        Duration over,
        long predictions,
        long abstained,
        long highRisk,
        long patients,
        Optional<PopulationStability> output,
        List<WatchedInput> inputs,
        Confirmed confirmed) {

    public Watched {
        inputs = List.copyOf(inputs);
    }

    /**
     * One input.
     *
     * @param rows on which it was looked for
     * @param missing of them
     * @param usuallyMissing the share of that in the training or the first answers, 0 to 1; empty if nobody knows
     * @param stability how far its known values have moved; empty of too few
     * @param units shares of the units it was recorded in, before any was converted
     */
    public record WatchedInput(
            String name,
            long rows,
            long missing,
            Optional<Double> usuallyMissing,
            Optional<PopulationStability> stability,
            Map<String, Double> units) {
        public WatchedInput {
            units = Map.copyOf(units);
        }
    }

    /**
     * What people made of results in that time.
     *
     * @param confirmed made final as they were
     * @param corrected amended or corrected
     * @param rejected cancelled or entered in error, by a person
     * @param segmentations compared with those of people
     * @param dice the mean of Dice's coefficients of these
     * @param agreeing patients whose diagnosis a person made or refuted as the version had said
     * @param disagreeing the same otherwise than it had said
     */
    public record Confirmed(
            long confirmed,
            long corrected,
            long rejected,
            long segmentations,
            double dice,
            long agreeing,
            long disagreeing) {

        public static final Confirmed NONE = new Confirmed(0, 0, 0, 0, 0, 0, 0);

        /** The share that people left as they were; empty if nobody looked at any. */
        public Optional<Double> agreement() {
            var all = confirmed + corrected + rejected;
            return all == 0 ? Optional.empty() : Optional.of((double) confirmed / all);
        }
    }

    /** Of 100 results; empty of none. */
    public Optional<Double> highRiskPer100() {
        var results = predictions - abstained;
        return results == 0 ? Optional.empty() : Optional.of(100.0 * highRisk / results);
    }

    /** For each patient and day; empty of no patient. */
    public Optional<Double> highRiskPerPatientDay() {
        var days = over.toMillis() / (double) Duration.ofDays(1).toMillis();
        return patients == 0 ? Optional.empty() : Optional.of(highRisk / (patients * days));
    }
}
