package org.auspex.language.prose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.language.facts.Facts;
import org.auspex.language.summary.Quotation;
import org.auspex.language.text.Folding;

/** Puts supported claims together, and quotes what they leave out, so that prose never tells less than the quotations name. */
final class Retelling {

    private static final Pattern NUMBER_OR_SIDE =
            Pattern.compile("\\d+(?:\\.\\d+)?|\\b(?:left|right|bilateral)\\b|[左右双]");

    private final Facts facts;

    Retelling(Facts facts) {
        this.facts = facts;
    }

    /** The claims in the order of what they cite, each once, with every quotation between them that they do not tell. */
    List<Statement> of(List<Judged> supported, List<Quotation> quotations) {
        var statements = new ArrayList<Statement>();
        var told = new HashSet<String>();
        for (var claim : supported) {
            if (told.add(Folding.of(claim.claim()))) {
                statements.add(new Statement(claim.claim(), claim.cited()));
            }
        }
        quotations.stream()
                .filter(quotation -> !isTold(quotation, statements))
                .map(Statement::quoting)
                .toList()
                .forEach(statements::add);
        statements.sort(Comparator.comparingInt(
                statement -> quotations.indexOf(statement.sources().get(0))));
        return List.copyOf(statements);
    }

    private boolean isTold(Quotation quotation, List<Statement> statements) {
        var telling = statements.stream()
                .filter(statement -> statement.sources().contains(quotation))
                .toList();
        var named = telling.stream()
                .flatMap(statement -> named(statement.text()).stream())
                .collect(Collectors.toUnmodifiableSet());
        return !telling.isEmpty() && named.containsAll(named(quotation.text()));
    }

    /** What the vocabulary names, numbers and sides. */
    private Set<String> named(String text) {
        return Stream.concat(
                        facts.of(text).facts().stream()
                                .map(fact -> fact.concept().name()),
                        NUMBER_OR_SIDE.matcher(Folding.of(text)).results().map(MatchResult::group))
                .collect(Collectors.toUnmodifiableSet());
    }
}
