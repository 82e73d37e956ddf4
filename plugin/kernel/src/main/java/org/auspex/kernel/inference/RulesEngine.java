package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Rule;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Issue;
import org.auspex.kernel.outcome.Outcome;

/** Looks through a record by rules for what nobody has answered. A rule without a value has nothing to say; one with a bad value says so. */
final class RulesEngine implements Engine {

    private final ModelCard card;

    RulesEngine(ModelCard card) {
        this.card = card;
    }

    @Override
    public List<Outcome> infer(List<Features> batch, Priority priority) {
        return batch.stream().map(this::outcome).toList();
    }

    /** One unreadable value must not silence all rules. */
    @Override
    public boolean takesObstacles() {
        return true;
    }

    /** Rules add up to nothing. */
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
        // Nothing is held.
    }

    private Outcome outcome(Features features) {
        var names = Names.of(features);
        var open = new ArrayList<Issue>();
        var answered = new ArrayList<String>();
        var unjudged = new ArrayList<Outcome.Reason>();
        var judged = 0;
        for (var rule : card.rules()) {
            var obstacle = obstacle(rule, features);
            if (obstacle.isPresent()) {
                unjudged.add(new Outcome.Reason(Optional.of(rule.name()), obstacle.get()));
            } else if (isGiven(rule, features)) {
                judged++;
                if (holds(rule, names)) {
                    if (isAnswered(rule, features)) {
                        answered.add(rule.name());
                    } else {
                        open.add(issue(rule, features));
                    }
                }
            }
        }
        return judged == 0
                ? new Outcome.Abstained(unjudged.isEmpty() ? nothing() : unjudged)
                : new Outcome.Issues(judged, open, answered, unjudged);
    }

    private static List<Outcome.Reason> nothing() {
        return List.of(Outcome.Reason.ofSubject("the record has no recent value that any rule looks at"));
    }

    private static Optional<String> obstacle(Rule rule, Features features) {
        return rule.inputs().stream()
                .flatMap(input -> features.get(input).obstacle().stream().map(why -> input + ": " + why))
                .findFirst();
    }

    private static boolean isGiven(Rule rule, Features features) {
        return rule.inputs().stream()
                .allMatch(input -> features.get(input).number().isPresent());
    }

    private boolean holds(Rule rule, Names names) {
        try {
            return names.holds(rule.when());
        } catch (ArithmeticException e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT, "%s, rule %s: %s".formatted(card.id(), rule.name(), e.getMessage()), e);
        }
    }

    private static boolean isAnswered(Rule rule, Features features) {
        return rule.answers().stream()
                .anyMatch(answer -> features.get(answer.name()) instanceof Feature.Categorical found
                        && Rule.isAnswer(found.category()));
    }

    private static Issue issue(Rule rule, Features features) {
        var says = rule.says();
        for (var input : features.byInput().keySet()) {
            says = says.replace("{" + input + "}", shown(features.get(input)));
        }
        return new Issue(
                rule.name(),
                rule.title(),
                rule.severity(),
                rule.finding(),
                rule.inputs(),
                says,
                rule.source(),
                rule.reference());
    }

    private static String shown(Feature feature) {
        if (feature instanceof Feature.Categorical categorical) {
            return categorical.category();
        }
        return feature.number()
                .map(number -> java.math.BigDecimal.valueOf(number)
                        .round(new java.math.MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString())
                .orElse("unknown");
    }
}
