package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Scorecard;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Output;

/** Computes a published score: adds up its items, and turns the total into a band, a probability or a label. */
final class ScorecardEngine implements Engine {

    private final ModelCard card;
    private final Scorecard scorecard;

    ScorecardEngine(ModelCard card) {
        this.card = card;
        this.scorecard = card.scorecard().orElseThrow();
    }

    @Override
    public List<Outcome> infer(List<Features> batch, Priority priority) {
        return batch.stream().map(this::outcome).toList();
    }

    /** What each item adds; of several outputs, to the first that could be computed. */
    @Override
    public List<Contribution> explain(Features features) {
        var names = Names.of(scorecard, features);
        var scale = card.output().kind() == Output.Kind.PROBABILITY
                ? Contribution.Scale.LINEAR_PREDICTOR
                : Contribution.Scale.POINTS;
        return scorecard.parts().stream()
                .filter(part -> isGiven(part, names))
                .findFirst()
                .map(part -> part.items().stream()
                        .map(item -> new Contribution(item.input(), ItemPoints.of(item, names), scale))
                        .toList())
                .orElse(List.of());
    }

    @Override
    public Optional<TensorModel> tensors() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private Outcome outcome(Features features) {
        try {
            var names = Names.of(scorecard, features);
            return switch (card.output().kind()) {
                case SCORE -> score(scorecard.parts().get(0), names);
                case LABEL -> label(scorecard.parts().get(0), names);
                case PROBABILITY -> risk(names, features);
                case RANKING, SURVIVAL, MASK, UNCERTAINTY, ISSUES, FACTS, DIFFERENTIAL ->
                    throw new IllegalStateException(card.id()
                            + " is a scorecard, which has neither choices nor curves, images, issues or documents");
            };
        } catch (ArithmeticException e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT, "%s failed: %s".formatted(card.id(), e.getMessage()), e);
        }
    }

    private Outcome score(Scorecard.Part part, Names names) {
        var items = items(part, names);
        var total = total(items);
        var highest = items.stream().mapToDouble(Outcome.Item::points).max().orElse(0);
        var probability = part.probability().map(likelihood -> Likelihoods.of(likelihood, total, names));
        var results = names.with(total, probability);
        return new Outcome.Score(total, items, card.output().band(total, highest, results::holds), probability);
    }

    private Outcome risk(Names names, Features features) {
        var chances = new ArrayList<Outcome.Chance>();
        for (var part : scorecard.parts()) {
            if (isGiven(part, names)) {
                chances.add(chance(part, names));
            }
        }
        return chances.isEmpty() ? new Outcome.Abstained(gaps(features)) : new Outcome.Risk(chances);
    }

    /** Why no output could be computed: the gaps among what they ask for. */
    private List<Outcome.Reason> gaps(Features features) {
        var gaps = scorecard.parts().stream()
                .flatMap(part -> part.when().stream())
                .flatMap(condition -> condition.names().stream())
                .distinct()
                .flatMap(name -> Optional.ofNullable(features.byInput().get(name)).stream()
                        .filter(Feature.Missing.class::isInstance)
                        .map(gap -> new Outcome.Reason(Optional.of(name), ((Feature.Missing) gap).reason())))
                .toList();
        return gaps.isEmpty()
                ? List.of(Outcome.Reason.ofSubject("none of the outputs can be computed from what is known"))
                : gaps;
    }

    private Outcome.Chance chance(Scorecard.Part part, Names names) {
        var total = total(items(part, names));
        var probability = Likelihoods.of(part.probability().orElseThrow(), total, names);
        var output = card.outputs().stream()
                .filter(declared -> declared.name().equals(part.output()))
                .findFirst()
                .orElseThrow();
        var results = names.with(total, Optional.of(probability));
        return new Outcome.Chance(output, probability, output.band(100 * probability, 0, results::holds));
    }

    private Outcome label(Scorecard.Part part, Names names) {
        var results = names.with(total(items(part, names)), Optional.empty());
        var decision = part.decisions().stream()
                .filter(candidate -> candidate.when().map(results::holds).orElse(true))
                .findFirst()
                .orElseThrow();
        return decision.label()
                .<Outcome>map(label -> new Outcome.Labelled(
                        card.output().label(label), decision.why().isEmpty() ? List.of() : List.of(decision.why())))
                .orElseGet(() -> new Outcome.Abstained(List.of(Outcome.Reason.ofSubject(decision.why()))));
    }

    private static boolean isGiven(Scorecard.Part part, Names names) {
        return part.when().map(names::holds).orElse(true);
    }

    private static List<Outcome.Item> items(Scorecard.Part part, Names names) {
        return part.items().stream()
                .map(item -> new Outcome.Item(item.name(), ItemPoints.of(item, names)))
                .toList();
    }

    private static double total(List<Outcome.Item> items) {
        return items.stream().mapToDouble(Outcome.Item::points).sum();
    }
}
