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

    private static final String NAME = "value";

    private final WordRule words = new WordRule();

    @Override
    public List<Objection> objections(Reading claim, Reading cited) {
        var objections = new ArrayList<Objection>();
        for (var fact : claim.facts()) {
            objection(fact, claim, cited).ifPresent(objections::add);
        }
        var dates = cited.mentions().times().stream().map(TimeMention::time).toList();
        claim.mentions().times().stream()
                .filter(mention -> !isLength(mention) && !dates.contains(mention.time()))
                .map(mention -> new Objection(
                        NAME, Outcome.UNSUPPORTED, "The time %s is not in the cited words".formatted(mention.time())))
                .forEach(objections::add);
        return objections;
    }

    /** "Two days ago" and "for two days" are one length, and its number has a rule of its own. */
    private static boolean isLength(TimeMention mention) {
        return mention.time().startsWith("-");
    }

    private Optional<Objection> objection(Fact fact, Reading claim, Reading cited) {
        var same = cited.facts().stream()
                .filter(other -> other.concept().equals(fact.concept()))
                .toList();
        if (same.isEmpty()) {
            return inOtherWords(fact, claim, cited);
        }
        if (same.stream().noneMatch(other -> cited.isDenied(other) == claim.isDenied(fact))) {
            return Optional.of(opposite(fact));
        }
        return same.stream().anyMatch(other -> agrees(fact, other))
                ? Optional.empty()
                : Optional.of(new Objection(
                        NAME,
                        Outcome.CONTRADICTED,
                        "The cited words give another value of %s"
                                .formatted(fact.concept().display())));
    }

    /** The vocabulary may know one form of a word and not another: swelling, and not swollen. Then the words decide. */
    private Optional<Objection> inOtherWords(Fact fact, Reading claim, Reading cited) {
        var echoes = words.echoes(fact.span(), claim, cited);
        if (echoes.isEmpty() || fact.measurement().isPresent()) {
            return Optional.of(new Objection(
                    NAME,
                    Outcome.UNSUPPORTED,
                    "%s is not in the cited words".formatted(fact.concept().display())));
        }
        var denied = fact.assertion() == Assertion.NEGATED;
        return echoes.stream().anyMatch(echo -> (cited.of(echo) == Assertion.NEGATED) == denied)
                ? Optional.empty()
                : Optional.of(opposite(fact));
    }

    private static Objection opposite(Fact fact) {
        return new Objection(
                NAME,
                Outcome.CONTRADICTED,
                "The cited words say the opposite of %s"
                        .formatted(fact.concept().display()));
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
