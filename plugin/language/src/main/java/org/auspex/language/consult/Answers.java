package org.auspex.language.consult;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.auspex.language.prose.QuotedProse;
import org.hl7.fhir.r4.model.Resource;

/**
 * Answers questions of patients. Urgent ones first of all with advice, by rule; then with what the record and the knowledge documents say, each sentence with its
 * source; and with an honest refusal where they say nothing. Thread-safe.
 */
public final class Answers {

    private final UrgentSigns urgent = new UrgentSigns();
    private final RecordSearch record;
    private final KnowledgeSearch knowledge;
    private final BooleanSupplier isRead;
    private final Telling told;
    private final Telling quoted;
    private final Phrases phrases;

    /**
     * @param isRead whether the knowledge documents were read once
     */
    public Answers(AnswerSources sources, BooleanSupplier isRead, Phrases phrases) {
        this.record = sources.record();
        this.knowledge = sources.knowledge();
        this.told = new Telling(sources.prose(), sources.tally());
        this.quoted = new Telling(new QuotedProse(), sources.tally());
        this.isRead = isRead;
        this.phrases = phrases;
    }

    /** Before the record is looked at: what an urgent question is answered with in any case. */
    public Optional<String> advice(Question question) {
        return urgent.of(question.text()).map(urgency -> phrases.advice(urgency, question.tongue()));
    }

    public Answer of(Question question, PatientRecord patient) {
        var urgency = urgent.of(question.text());
        // Nobody in danger waits for a language model.
        var telling = urgency.isPresent() ? quoted : told;
        var found = record.of(question, patient);
        var used = new LinkedHashSet<Resource>();
        var entries = entries(question, found, used);
        var ofNotes = ofNotes(question, found, telling, used);
        var fromRecord =
                Stream.concat(entries.stream(), ofNotes.sentences().stream()).toList();
        var ofKnowledge = ofKnowledge(question, telling);
        return new Answer(
                question,
                urgency,
                urgency.map(known -> phrases.advice(known, question.tongue())),
                fromRecord,
                ofKnowledge.sentences(),
                notices(question, fromRecord, ofKnowledge.sentences()),
                List.of(ofNotes, ofKnowledge),
                List.copyOf(used));
    }

    private List<Cited> entries(Question question, RecordSearch.Found found, Set<Resource> used) {
        found.entries().forEach(entry -> used.add(entry.resource()));
        return found.entries().stream()
                .map(entry -> new Cited(entry.sentence(phrases, question.tongue()), List.of(entry.source())))
                .toList();
    }

    private static Told ofNotes(Question question, RecordSearch.Found found, Telling telling, Set<Resource> used) {
        var quotations = new Telling.Quoted();
        for (var sentence : found.sentences()) {
            used.add(sentence.note().document());
            var text = sentence.note().text();
            var version = text.version();
            quotations.add(
                    text.quote(sentence.span()),
                    new Source.Note(version.reference(), version.attachment(), sentence.span(), text.sha256()));
        }
        return telling.of("record", quotations, question.tongue());
    }

    private Told ofKnowledge(Question question, Telling telling) {
        var quotations = new Telling.Quoted();
        knowledge.of(question).forEach(sentence -> quotations.add(sentence.text(), sentence.source()));
        return telling.of("knowledge", quotations, question.tongue());
    }

    private List<String> notices(Question question, List<Cited> fromRecord, List<Cited> fromKnowledge) {
        var tongue = question.tongue();
        var notices = new ArrayList<String>();
        if (!isRead.getAsBoolean()) {
            notices.add(phrases.of("reading", tongue));
        }
        if (fromRecord.isEmpty() && fromKnowledge.isEmpty()) {
            notices.add(phrases.declined(tongue));
            return notices;
        }
        if (fromKnowledge.isEmpty()) {
            notices.add(phrases.of("record-only", tongue));
        }
        notices.add(phrases.caution(tongue));
        return notices;
    }
}
