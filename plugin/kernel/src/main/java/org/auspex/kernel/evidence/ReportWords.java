package org.auspex.kernel.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.auspex.kernel.features.Input;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Resource;

/**
 * Words of a report that a card lists, read without understanding: a word counts in any case and as a whole, not within a longer one
 * of the list, and not behind a negation in the same clause. What the report says two ways it does not say.
 */
final class ReportWords {

    private static final Pattern CLAUSES = Pattern.compile("[.,;!?\\r\\n]+|\\bbut\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Set<String> NEGATIONS =
            Set.of("no", "not", "without", "non", "never", "neither", "nor", "absent");
    private static final String PLAIN_TEXT = "text/plain";

    private ReportWords() {}

    /** A listed word in a clause: from one of its words to before another. */
    private record Mention(int category, int from, int to) {
        boolean isWithin(Mention other) {
            return other.from <= from && to <= other.to && other.to - other.from > to - from;
        }
    }

    /** What one report says about an input, in a word of the card's; empty if it says nothing, or several things. */
    static Optional<Value> of(Resource resource, Input input) {
        var said = texts(resource)
                .flatMap(text -> Stream.of(CLAUSES.split(text)))
                .flatMap(clause -> said(words(clause), input).stream())
                .distinct()
                .toList();
        return said.size() == 1
                ? Optional.of(new Value.Words(
                        input.categories().get(said.get(0)).texts().get(0)))
                : Optional.empty();
    }

    private static Stream<String> texts(Resource resource) {
        if (!(resource instanceof DiagnosticReport report)) {
            return Stream.empty();
        }
        return Stream.concat(
                Stream.ofNullable(report.getConclusion()),
                report.getPresentedForm().stream()
                        .filter(form -> PLAIN_TEXT.equals(form.getContentType()) && form.hasData())
                        .map(form -> new String(form.getData(), StandardCharsets.UTF_8)));
    }

    /** Which categories a clause mentions and does not deny. */
    private static List<Integer> said(List<String> clause, Input input) {
        var mentions = new ArrayList<Mention>();
        for (int i = 0; i < input.categories().size(); i++) {
            for (var text : input.categories().get(i).texts()) {
                mentions.addAll(mentions(clause, words(text), i));
            }
        }
        return mentions.stream()
                .filter(mention -> mentions.stream().noneMatch(mention::isWithin))
                .filter(mention -> clause.subList(0, mention.from).stream().noneMatch(NEGATIONS::contains))
                .map(Mention::category)
                .distinct()
                .toList();
    }

    private static List<Mention> mentions(List<String> clause, List<String> phrase, int category) {
        var found = new ArrayList<Mention>();
        for (int from = 0; from + phrase.size() <= clause.size(); from++) {
            if (clause.subList(from, from + phrase.size()).equals(phrase)) {
                found.add(new Mention(category, from, from + phrase.size()));
            }
        }
        return found;
    }

    private static List<String> words(String text) {
        return Stream.of(WORDS.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
