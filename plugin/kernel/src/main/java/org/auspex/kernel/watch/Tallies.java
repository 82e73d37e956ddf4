package org.auspex.kernel.watch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.auspex.kernel.Answer;
import org.auspex.kernel.Witness;
import org.auspex.kernel.evidence.Reading;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Outcome;

/** Counts in memory what this server answered since the counts were last taken away. Nothing in it leads to anybody. */
public final class Tallies implements Witness {

    /** Whoever sends ever new units must not fill the memory. */
    private static final int MOST_UNITS = 10;

    private static final String OTHER = "other";

    private Map<Count, Long> counts = new HashMap<>();
    private final Map<String, Set<String>> units = new HashMap<>();

    @Override
    public void heard(ModelCard card, List<Answer> answers) {
        var fresh = new HashMap<Count, Long>();
        var bins = new Bins(card);
        answers.stream()
                .filter(answer -> answer.failure().isEmpty())
                .forEach(answer -> count(card, bins, answer, fresh));
        add(fresh);
    }

    private void count(ModelCard card, Bins bins, Answer answer, Map<Count, Long> into) {
        var id = card.id();
        one(new Count(id, Count.OUTCOME, answer.outcome().kind()), into);
        answer.outcome().risk().ifPresent(risk -> one(new Count(id, Count.RISK, risk.code()), into));
        bins.of(answer.outcome()).ifPresent(bin -> one(new Count(id, Count.OUTPUT, bin), into));
        if (answer.evidence().exclusion().isPresent() && answer.outcome() instanceof Outcome.Abstained) {
            // Whom the model is not meant for says nothing about those whom it is meant for.
            return;
        }
        var inputs = card.requirements().inputs();
        var readings = answer.evidence().readings();
        for (int i = 0; i < readings.size() && i < inputs.size(); i++) {
            count(id, bins, inputs.get(i), readings.get(i), into);
        }
    }

    private void count(ModelId id, Bins bins, Input input, Reading reading, Map<Count, Long> into) {
        if (input.setting().isPresent()) {
            return;
        }
        bins.of(input, reading.feature()).ifPresent(bin -> one(new Count(id, Count.INPUT + input.name(), bin), into));
        if (Bins.unit(input).isPresent()) {
            reading.pieces().stream()
                    .flatMap(piece -> piece.unit().stream())
                    .distinct()
                    .forEach(unit -> one(new Count(id, Count.UNIT + input.name(), known(id, input, unit)), into));
        }
    }

    private synchronized String known(ModelId id, Input input, String unit) {
        var seen = units.computeIfAbsent(id + "/" + input.name(), first -> new HashSet<>());
        return seen.contains(unit) || (seen.size() < MOST_UNITS && seen.add(unit)) ? unit : OTHER;
    }

    private static void one(Count count, Map<Count, Long> into) {
        into.merge(count, 1L, Long::sum);
    }

    /** Adds counts, such as those that were taken away and could not be kept. */
    public synchronized void add(Map<Count, Long> more) {
        more.forEach((count, number) -> counts.merge(count, number, Long::sum));
    }

    /** Takes the counts away. */
    public synchronized Map<Count, Long> take() {
        var taken = new TreeMap<>(counts);
        counts = new HashMap<>();
        return taken;
    }
}
