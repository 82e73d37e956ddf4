package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Part;
import org.auspex.kernel.model.Scorecard;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Outcome;

/** Asks several models about the same subject, and decides by what they say. One that abstains is a gap, and says why. */
final class PathwayEngine implements Engine {

    private final ScorecardEngine decision;
    private final List<Scorecard.Decision> decisions;
    private final List<Asked> parts;

    /** A part and what runs it. */
    record Asked(Part part, Engine engine) {}

    PathwayEngine(ModelCard card, List<Asked> parts) {
        this.decision = new ScorecardEngine(card);
        this.decisions = card.scorecard().orElseThrow().parts().get(0).decisions();
        this.parts = List.copyOf(parts);
    }

    @Override
    public List<Outcome> infer(List<Features> batch, Priority priority) {
        var said = parts.stream().map(asked -> outcomes(asked, batch, priority)).toList();
        return IntStream.range(0, batch.size())
                .mapToObj(i -> decide(
                        batch.get(i),
                        said.stream().map(outcomes -> outcomes.get(i)).toList()))
                .toList();
    }

    /** What one of the parts lacks is no obstacle to the others. */
    @Override
    public boolean takesObstacles() {
        return true;
    }

    /** It is explained by what the parts said, which stands in its rationale. */
    @Override
    public List<Contribution> explain(Features features) {
        return List.of();
    }

    @Override
    public Optional<TensorModel> tensors() {
        return Optional.empty();
    }

    @Override
    public void close() {
        parts.forEach(asked -> asked.engine().close());
    }

    private static List<Outcome> outcomes(Asked asked, List<Features> batch, Priority priority) {
        var own = batch.stream().map(asked.part()::own).toList();
        var usable = own.stream()
                .filter(features -> obstacles(asked.part(), features).isEmpty())
                .toList();
        var said = usable.isEmpty()
                ? List.<Outcome>of().iterator()
                : asked.engine().infer(usable, priority).iterator();
        return own.stream()
                .map(features -> {
                    var obstacles = obstacles(asked.part(), features);
                    return obstacles.isEmpty() ? said.next() : new Outcome.Abstained(obstacles);
                })
                .toList();
    }

    private static List<Outcome.Reason> obstacles(Part part, Features features) {
        return features.byInput().entrySet().stream()
                .flatMap(entry -> entry.getValue().obstacle().stream()
                        .map(why -> new Outcome.Reason(Optional.of(part.named(entry.getKey())), why)))
                .toList();
    }

    private Outcome decide(Features features, List<Outcome> said) {
        var own = new LinkedHashMap<>(features.byInput());
        var words = new ArrayList<String>();
        for (int i = 0; i < parts.size(); i++) {
            own.putAll(PartOutcome.features(parts.get(i).part(), said.get(i)));
            words.add(PartOutcome.words(parts.get(i).part(), said.get(i)));
        }
        var obstacles = own.entrySet().stream()
                .filter(entry -> !entry.getKey().contains("/"))
                .flatMap(entry -> entry.getValue().obstacle().stream()
                        .map(why -> new Outcome.Reason(Optional.of(entry.getKey()), why)))
                .toList();
        if (!obstacles.isEmpty()) {
            return new Outcome.Abstained(obstacles);
        }
        var outcome =
                decision.infer(List.of(new Features(own)), Priority.ROUTINE).get(0);
        if (outcome instanceof Outcome.Labelled labelled) {
            return new Outcome.Labelled(
                    labelled.label(),
                    Stream.concat(labelled.because().stream(), words.stream()).toList());
        }
        return outcome instanceof Outcome.Abstained abstained ? with(abstained, said) : outcome;
    }

    /** An abstention also names what those parts lack whose answer its condition reads. */
    private Outcome with(Outcome.Abstained abstained, List<Outcome> said) {
        var read = decisions.stream()
                .filter(decision -> decision.label().isEmpty()
                        && decision.why().equals(abstained.reasons().get(0).text()))
                .flatMap(decision -> decision.when().stream())
                .flatMap(condition -> condition.names().stream())
                .toList();
        var lacking = IntStream.range(0, parts.size())
                .filter(i -> read.stream().anyMatch(parts.get(i).part()::says))
                .mapToObj(said::get)
                .filter(Outcome.Abstained.class::isInstance)
                .flatMap(part -> ((Outcome.Abstained) part).reasons().stream());
        return new Outcome.Abstained(
                Stream.concat(abstained.reasons().stream(), lacking).toList());
    }
}
