package org.auspex.language.consult;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.auspex.language.facts.Fact;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.Vocabulary;
import org.auspex.language.retrieval.Analysis;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Lines;
import org.auspex.language.text.Span;

/**
 * Finds what of a patient's record a question is about. A question about the patient ("my", 我) gets the entries that it names, by the vocabulary or by their own words; where it
 * asks for a kind of entry and names none of them, all current ones of that kind; and the sentences of notes that name the same things.
 */
final class RecordSearch {

    /** Of one kind; more is a list and no answer. */
    private static final int MOST_ENTRIES = 20;

    private static final int MOST_OF_ONE_NAME = 3;
    private static final int MOST_SENTENCES = 4;

    /** Of the words of an entry's name. */
    private static final double SHARED = 0.5;

    private final Map<String, List<Pattern>> topics = new HashMap<>();
    private final NamedConcepts concepts;
    private final Facts facts;
    private final Analysis analysis;

    RecordSearch(List<Vocabulary> vocabularies, Facts facts, Analysis analysis) {
        this.concepts = new NamedConcepts(vocabularies);
        this.facts = facts;
        this.analysis = analysis;
        for (var columns : Lines.of(RecordSearch.class, "record-topics.tsv")) {
            topics.computeIfAbsent(columns[0], topic -> new ArrayList<>()).add(Pattern.compile(columns[1]));
        }
    }

    /** Words of a note that name what is asked about. */
    record NoteSentence(ReadNote note, Span span) {}

    /** What was found. */
    record Found(List<RecordEntry> entries, List<NoteSentence> sentences) {}

    Found of(Question question, PatientRecord record) {
        var folded = Folding.of(question.text());
        if (!asksFor("self", folded)) {
            return new Found(List.of(), List.of());
        }
        var named = concepts.in(question.text());
        var terms = analysis.terms(question.text());
        var entries = record.entries().stream()
                .flatMap(resource -> RecordEntry.of(resource).stream())
                .toList();
        var wanted = new LinkedHashSet<>(
                entries.stream().filter(entry -> isNamed(entry, named, terms)).toList());
        entries.stream()
                .filter(RecordEntry::current)
                .filter(entry -> asksFor(entry.topic(), folded))
                .filter(entry ->
                        wanted.stream().noneMatch(other -> other.topic().equals(entry.topic()))
                                || wanted.contains(entry))
                .toList()
                .forEach(wanted::add);
        return new Found(fewest(wanted), sentences(record.notes(), named));
    }

    private boolean asksFor(String topic, String folded) {
        return topics.getOrDefault(topic, List.of()).stream()
                .anyMatch(pattern -> pattern.matcher(folded).find());
    }

    private boolean isNamed(RecordEntry entry, Set<String> named, Set<String> terms) {
        var own = new HashSet<>(concepts.in(entry.name()));
        own.retainAll(named);
        if (!own.isEmpty()) {
            return true;
        }
        var words = analysis.terms(entry.name().replaceAll(":.*", ""));
        var shared = words.stream().filter(terms::contains).count();
        return shared > 0 && shared >= words.size() * SHARED;
    }

    /** The newest of each name, for a blood pressure may have been taken a hundred times. */
    private static List<RecordEntry> fewest(Set<RecordEntry> wanted) {
        var names = new HashMap<String, Integer>();
        var kept = new ArrayList<RecordEntry>();
        for (var entry : wanted) {
            var name = entry.topic() + " " + entry.name().replaceAll(":.*", "");
            if (names.merge(name, 1, Integer::sum) <= MOST_OF_ONE_NAME && kept.size() < MOST_ENTRIES) {
                kept.add(entry);
            }
        }
        return kept;
    }

    private List<NoteSentence> sentences(List<ReadNote> notes, Set<String> named) {
        var found = new LinkedHashSet<NoteSentence>();
        if (named.isEmpty()) {
            return List.of();
        }
        for (var note : notes) {
            facts.of(note.text().text()).facts().stream()
                    .filter(fact -> named.contains(fact.concept().name()))
                    .map(Fact::sentence)
                    .map(sentence -> new NoteSentence(note, sentence))
                    .forEach(found::add);
        }
        return found.stream().limit(MOST_SENTENCES).toList();
    }
}
