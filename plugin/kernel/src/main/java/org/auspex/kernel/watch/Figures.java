package org.auspex.kernel.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.auspex.kernel.evaluation.PopulationStability;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.model.Distribution;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Training;
import org.auspex.kernel.outcome.RiskWord;

/**
 * Makes figures of counts.
 *
 * @param card of the version
 * @param counts by what they are about and by bin
 * @param first the same of the first answers that the version gave here, for what its card tells no distribution of
 */
public record Figures(ModelCard card, Map<String, Map<String, Long>> counts, Map<String, Map<String, Long>> first) {

    private static final Set<String> HIGH = Set.of(RiskWord.HIGH.code(), RiskWord.CERTAIN.code());

    /**
     * The figures of a time.
     *
     * @param patients whom results were about
     */
    public Watched of(Instant end, Duration over, long patients, Watched.Confirmed confirmed) {
        var outcomes = counts.getOrDefault(Count.OUTCOME, Map.of());
        return new Watched(
                card.id(),
                end,
                over,
                sum(outcomes),
                outcomes.getOrDefault(Count.ABSTAINED, 0L),
                counts.getOrDefault(Count.RISK, Map.of()).entrySet().stream()
                        .filter(entry -> HIGH.contains(entry.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum(),
                patients,
                stability(Count.OUTPUT, card.training().flatMap(Training::output)),
                card.requirements().inputs().stream()
                        .filter(input -> counts.containsKey(Count.INPUT + input.name()))
                        .map(this::input)
                        .toList(),
                confirmed);
    }

    private Watched.WatchedInput input(Input input) {
        var about = Count.INPUT + input.name();
        var found = counts.getOrDefault(about, Map.of());
        var before = first.getOrDefault(about, Map.of());
        var trained = card.training().flatMap(training -> training.input(input.name()));
        return new Watched.WatchedInput(
                input.name(),
                sum(found),
                found.getOrDefault(Count.MISSING, 0L),
                trained.map(Distribution::missing)
                        .or(() -> sum(before) < PopulationStability.FEWEST
                                ? Optional.empty()
                                : Optional.of((double) before.getOrDefault(Count.MISSING, 0L) / sum(before))),
                stability(about, trained),
                units(input));
    }

    /** Against the training or, where that is not told, against the first answers. */
    private Optional<PopulationStability> stability(String about, Optional<Distribution> trained) {
        var found = known(counts.getOrDefault(about, Map.of()));
        if (trained.isPresent()) {
            var rows = card.training().orElseThrow().rows() * (1 - trained.get().missing());
            var shares = trained.get().shares();
            return PopulationStability.of(
                    shares.stream().map(share -> share * rows).toList(),
                    IntStream.range(0, shares.size())
                            .mapToObj(bin -> found.getOrDefault(String.valueOf(bin), 0L))
                            .toList());
        }
        var before = known(first.getOrDefault(about, Map.of()));
        var bins = new TreeSet<String>();
        Stream.of(found, before).forEach(one -> bins.addAll(one.keySet()));
        return PopulationStability.of(
                bins.stream().map(bin -> (double) before.getOrDefault(bin, 0L)).toList(),
                bins.stream().map(bin -> found.getOrDefault(bin, 0L)).toList());
    }

    private Map<String, Double> units(Input input) {
        var found = counts.getOrDefault(Count.UNIT + input.name(), Map.of());
        var shares = new TreeMap<String, Double>();
        found.forEach((unit, rows) -> shares.put(unit, (double) rows / sum(found)));
        return shares;
    }

    private static Map<String, Long> known(Map<String, Long> bins) {
        var known = new LinkedHashMap<>(bins);
        known.remove(Count.MISSING);
        return known;
    }

    private static long sum(Map<String, Long> bins) {
        return List.copyOf(bins.values()).stream().mapToLong(Long::longValue).sum();
    }
}
