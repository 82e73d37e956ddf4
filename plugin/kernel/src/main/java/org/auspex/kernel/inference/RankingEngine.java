package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Output;
import org.auspex.kernel.outcome.Ranking;

/**
 * A network over a card's inputs that gives a probability for each choice. Why a choice stands where it does belongs to the
 * result, so each subject is also asked about without each known input. Of a subject of whom no input is known nothing is
 * said: the network would give how common each choice was where it was trained.
 */
final class RankingEngine implements Engine {

    private static final Outcome NOTHING_KNOWN =
            new Outcome.Abstained(List.of(Outcome.Reason.ofSubject("none of what the model reads is in the record")));

    private final Output output;
    private final TabularEngine table;

    RankingEngine(Output output, TabularEngine table) {
        this.output = output;
        this.table = table;
    }

    @Override
    public List<Outcome> infer(List<Features> batch, Priority priority) {
        var occlusions = batch.stream().map(Occlusion::ofKnown).toList();
        var rows = table.rows(
                occlusions.stream()
                        .flatMap(occlusion -> occlusion.variants().stream())
                        .toList(),
                priority);
        var outcomes = new ArrayList<Outcome>();
        int from = 0;
        for (var occlusion : occlusions) {
            var to = from + 1 + occlusion.hidden().size();
            outcomes.add(occlusion.hidden().isEmpty() ? NOTHING_KNOWN : ranking(occlusion, rows.subList(from, to)));
            from = to;
        }
        return outcomes;
    }

    /** The evidence for and against the most probable choice. */
    @Override
    public List<Contribution> explain(Features features) {
        return infer(List.of(features), Priority.URGENT).get(0) instanceof Ranking ranking
                ? ranking.ranked().get(0).evidence()
                : List.of();
    }

    private Ranking ranking(Occlusion occlusion, List<double[]> rows) {
        try {
            return Ranking.of(
                    output, rows.get(0), choice -> occlusion.contributions(variant -> rows.get(variant)[choice]));
        } catch (IllegalArgumentException e) {
            throw table.nonsense(e);
        }
    }

    @Override
    public Optional<TensorModel> tensors() {
        return table.tensors();
    }

    @Override
    public void close() {
        table.close();
    }
}
