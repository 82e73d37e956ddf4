package org.auspex.language.grounding;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.auspex.language.facts.Assertion;
import org.auspex.language.facts.Fact;
import org.auspex.language.facts.FactKind;
import org.auspex.language.facts.Facts;

/** Makes true sentences false, each in one place. */
final class Corruptions {

    private static final Pattern DIGIT = Pattern.compile("\\d");
    private static final Pattern SIDE = Pattern.compile("左|右|\\b[Ll]eft\\b|\\b[Rr]ight\\b");
    private static final Map<String, String> OTHER_SIDE =
            Map.of("左", "右", "右", "左", "left", "right", "right", "left", "Left", "Right", "Right", "Left");
    private static final List<String> DRUGS = List.of("地高辛", "华法林", "胺碘酮", "阿卡波糖");
    private static final Pattern NEGATION =
            Pattern.compile("否认|未闻及|未触及|未见|无|[Nn]o |[Dd]enies |without |[Nn]egative for ");

    private final Facts facts;
    private final Random random;

    Corruptions(Facts facts, Random random) {
        this.facts = facts;
        this.random = random;
    }

    Optional<String> number(String sentence) {
        return random(DIGIT.matcher(sentence)
                        .results()
                        .map(result -> result.start())
                        .toList())
                .map(at -> {
                    var other = (char) ('1' + (sentence.charAt(at) - '0' + random.nextInt(8)) % 9);
                    return sentence.substring(0, at) + other + sentence.substring(at + 1);
                })
                .filter(changed -> !changed.equals(sentence));
    }

    Optional<String> side(String sentence) {
        return random(SIDE.matcher(sentence).results().toList())
                .map(result -> sentence.substring(0, result.start())
                        + OTHER_SIDE.get(result.group())
                        + sentence.substring(result.end()));
    }

    /** Denies what is present, or takes away what denies. */
    Optional<String> negation(String sentence) {
        return fact(sentence, fact -> fact.kind() == FactKind.FINDING || fact.kind() == FactKind.PROBLEM)
                .flatMap(fact -> fact.assertion() == Assertion.NEGATED
                        ? affirmed(sentence, fact)
                        : fact.assertion() == Assertion.PRESENT
                                ? Optional.of(denied(sentence, fact))
                                : Optional.empty());
    }

    Optional<String> drug(String sentence) {
        return fact(sentence, fact -> fact.kind() == FactKind.DRUG)
                .map(fact -> sentence.substring(0, fact.span().start())
                        + DRUGS.get(random.nextInt(DRUGS.size()))
                        + sentence.substring(fact.span().end()));
    }

    private static Optional<String> affirmed(String sentence, Fact fact) {
        return NEGATION.matcher(sentence)
                .results()
                .filter(result -> result.end() <= fact.span().start())
                .reduce((first, second) -> second)
                .map(result -> sentence.substring(0, result.start()) + sentence.substring(result.end()));
    }

    private static String denied(String sentence, Fact fact) {
        var chinese = sentence.codePoints().anyMatch(Character::isIdeographic);
        return sentence.substring(0, fact.span().start())
                + (chinese ? "无" : "no ")
                + sentence.substring(fact.span().start());
    }

    private Optional<Fact> fact(String sentence, Predicate<Fact> wanted) {
        return random(facts.of(sentence).facts().stream().filter(wanted).toList());
    }

    private <T> Optional<T> random(List<T> choices) {
        return choices.isEmpty() ? Optional.empty() : Optional.of(choices.get(random.nextInt(choices.size())));
    }
}
