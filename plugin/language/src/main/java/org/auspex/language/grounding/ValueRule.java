package org.auspex.language.grounding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.language.facts.Assertion;
import org.auspex.language.facts.Fact;
import org.auspex.language.facts.Measurement;
import org.auspex.language.facts.TimeMention;
import org.auspex.language.grounding.Verdict.Objection;
import org.auspex.language.grounding.Verdict.Outcome;

/** What is named must be cited, and be negated in both or in neither; values, doses, frequencies and times must be those that are cited. */
final class ValueRule implements Rule {

    @Override
    public List<Objection> objections(Reading claim, Reading cited) {
        var objections = new ArrayList<Objection>();
        for (var fact : claim.facts()) {
            objection(fact, cited).ifPresent(objections::add);
        }
        var dates = cited.mentions().times().stream().map(TimeMention::time).toList();
        claim.mentions().times().stream()
                .filter(mention -> !dates.contains(mention.time()))
                .map(mention -> new Objection(
                        Outcome.UNSUPPORTED, "The time %s is not in the cited words".formatted(mention.time())))
                .forEach(objections::add);
        return objections;
    }

    private static Optional<Objection> objection(Fact fact, Reading cited) {
        var same = cited.facts().stream()
                .filter(other -> other.concept().equals(fact.concept()))
                .toList();
        if (same.isEmpty()) {
            return Optional.of(new Objection(
                    Outcome.UNSUPPORTED,
                    "%s is not in the cited words".formatted(fact.concept().display())));
        }
        if (same.stream().noneMatch(other -> isNegated(other) == isNegated(fact))) {
            return Optional.of(new Objection(
                    Outcome.CONTRADICTED,
                    "The cited words say the opposite of %s"
                            .formatted(fact.concept().display())));
        }
        return same.stream().anyMatch(other -> agrees(fact, other))
                ? Optional.empty()
                : Optional.of(new Objection(
                        Outcome.CONTRADICTED,
                        "The cited words give another value of %s"
                                .formatted(fact.concept().display())));
    }

    private static boolean isNegated(Fact fact) {
        return fact.assertion() == Assertion.NEGATED;
    }

    private static boolean agrees(Fact claimed, Fact cited) {
        return (claimed.measurement().isEmpty()
                        || claimed.measurement()
                                .map(ValueRule::shown)
                                .equals(cited.measurement().map(ValueRule::shown)))
                && (claimed.frequency().isEmpty() || claimed.frequency().equals(cited.frequency()));
    }

    private static String shown(Measurement measurement) {
        return measurement.comparator()
                + measurement.value().stripTrailingZeros().toPlainString()
                + measurement
                        .second()
                        .map(second -> "/" + second.stripTrailingZeros().toPlainString())
                        .orElse("")
                + measurement.unit().orElse("");
    }
}
