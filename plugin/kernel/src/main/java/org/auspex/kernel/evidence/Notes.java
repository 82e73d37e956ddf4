package org.auspex.kernel.evidence;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** The documents of one question, each read once however many inputs ask for what it states. */
final class Notes {

    private final NoteReader reader;
    private final Optional<Patient> patient;
    private final Map<Resource, Read> read = new IdentityHashMap<>();

    /** @param patient of the question; empty if documents are not read for anybody */
    Notes(NoteReader reader, Optional<Patient> patient) {
        this.reader = reader;
        this.patient = patient;
    }

    /** A document's statements, or why there are none. */
    private record Read(List<Statement> statements, Optional<String> refusal) {}

    /** What a document states of the thing that a source names; nothing if it does not name it, or says two things of it. */
    List<Value> values(Resource note, Input input, Source source) {
        var known = read.computeIfAbsent(note, this::read);
        if (known.refusal().isPresent()) {
            return List.of(new Value.Unreadable(known.refusal().get()));
        }
        var concept = source.fact().orElseThrow();
        var about = known.statements().stream()
                .filter(statement -> statement.concepts().contains(concept))
                .filter(statement -> input.past() || statement.claim() != Statement.Claim.PAST);
        return source.unit().isPresent() ? numbers(about, input.take()) : answer(about);
    }

    /** Everything that a document names. */
    Value whole(Resource note) {
        try {
            return new Value.Noted(reader.read(note, patient));
        } catch (NoteRefused e) {
            return new Value.Unreadable(refusal(note, e));
        }
    }

    /** What a document says; nothing if it has no sentence. */
    List<Value> text(Resource note) {
        try {
            var sentences = reader.sentences(note, patient);
            return sentences.isEmpty() ? List.of() : List.of(new Value.Text(sentences));
        } catch (NoteRefused e) {
            return List.of(new Value.Unreadable(refusal(note, e)));
        }
    }

    private static String refusal(Resource note, NoteRefused why) {
        var id = note.fhirType() + "/" + note.getIdElement().getIdPart();
        return "%s is not read: %s".formatted(id, why.getMessage());
    }

    private Read read(Resource note) {
        try {
            return new Read(reader.statements(note), Optional.empty());
        } catch (NoteRefused e) {
            return new Read(List.of(), Optional.of(refusal(note, e)));
        }
    }

    private static List<Value> answer(Stream<Statement> about) {
        return alone(about.<Value>map(statement -> new Value.Stated(
                        new Value.Truth(statement.claim() != Statement.Claim.ABSENT), statement.quote()))
                .toList());
    }

    /** Several values in one document have no order in time, so only a summary of them can be taken. */
    private static List<Value> numbers(Stream<Statement> about, Take take) {
        var all = about.filter(statement -> statement.claim() != Statement.Claim.ABSENT)
                .flatMap(statement -> statement.measured().map(value -> stated(value, statement.quote())).stream())
                .toList();
        return take == Take.LATEST || take == Take.FIRST ? alone(all) : all;
    }

    private static Value stated(Statement.Measured value, String quote) {
        var number = new Value.Measured(
                value.number(), value.comparator(), value.unit(), value.unit().orElse(""));
        return new Value.Stated(number, quote);
    }

    /** The first, if all say the same. */
    private static List<Value> alone(List<Value> values) {
        return values.stream().map(Value::shown).distinct().count() == 1 ? values.subList(0, 1) : List.of();
    }
}
