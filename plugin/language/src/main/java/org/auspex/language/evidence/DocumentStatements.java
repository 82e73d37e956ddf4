package org.auspex.language.evidence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.NoteReader;
import org.auspex.kernel.evidence.NoteRefused;
import org.auspex.kernel.evidence.Statement;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.notes.ReadNote;
import org.auspex.language.documents.DocumentRefused;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.documents.Documents;
import org.auspex.language.facts.Concept;
import org.auspex.language.facts.Fact;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.Measurement;
import org.auspex.language.facts.Recogniser;
import org.auspex.language.facts.Vocabulary;
import org.auspex.language.filing.Filed;
import org.auspex.language.filing.PatientCheck;
import org.auspex.language.text.SectionKind;
import org.auspex.language.text.Sections;
import org.auspex.language.text.Sentences;
import org.auspex.language.text.Span;
import org.auspex.terminology.Code;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** Reads documents for the facts in them that are about the patient: present, denied, or over. */
public final class DocumentStatements implements NoteReader {

    private final Documents documents;
    private final Facts facts;
    private final NotedFacts noted;
    private final Sections sections = new Sections();
    private final Sentences sentences = new Sentences();
    private final Set<String> known;

    public DocumentStatements(Documents documents, List<Vocabulary> vocabularies) {
        this(documents, vocabularies, Recogniser.NONE);
    }

    /** @param recogniser for what is written down of a note, and is in no vocabulary; a card's inputs ask for what is in one */
    public DocumentStatements(Documents documents, List<Vocabulary> vocabularies, Recogniser recogniser) {
        this.documents = documents;
        this.facts = new Facts(vocabularies);
        this.noted = new NotedFacts(new Facts(vocabularies, recogniser));
        this.known = vocabularies.stream()
                .flatMap(Vocabulary::terms)
                .flatMap(term -> names(term.concept()).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<Statement> statements(Resource note) {
        var text = text(note);
        return facts.of(text.text()).facts().stream()
                .flatMap(fact -> statement(text, fact).stream())
                .toList();
    }

    @Override
    public ReadNote read(Resource note, Optional<Patient> patient) {
        return noted.of(text(note, patient));
    }

    private static void requireIsAbout(DocumentReference document, Patient patient, DocumentText text) {
        try {
            PatientCheck.of(new Filed(document, patient, Optional.empty()), text.text());
        } catch (DocumentRefused e) {
            throw refused(e);
        }
    }

    @Override
    public List<Feature.Sentence> sentences(Resource note, Optional<Patient> patient) {
        var text = text(note, patient);
        return sections.of(text.text()).stream()
                .flatMap(section -> sentences.of(text.text(), section.body()).stream())
                .map(sentence -> new Feature.Sentence(text.quote(sentence), place(text, sentence)))
                .toList();
    }

    private static String place(DocumentText text, Span span) {
        return "%s at %d to %d".formatted(text.version().reference(), span.start(), span.end());
    }

    @Override
    public Optional<String> problem(String concept) {
        return known.contains(concept)
                ? Optional.empty()
                : Optional.of(
                        "no word of the vocabulary means '%s' - write a name of its lists, such as cough, or a code as system|code"
                                .formatted(concept));
    }

    private DocumentText text(Resource note, Optional<Patient> patient) {
        var text = text(note);
        if (note instanceof DocumentReference document) {
            patient.ifPresent(of -> requireIsAbout(document, of, text));
        }
        return text;
    }

    private DocumentText text(Resource note) {
        try {
            if (note instanceof DocumentReference document) {
                return documents.read(document);
            }
            if (note instanceof DiagnosticReport report) {
                return documents.read(report);
            }
        } catch (DocumentRefused e) {
            throw refused(e);
        }
        throw new NoteRefused(
                "a %s is no document; use a DocumentReference or DiagnosticReport".formatted(note.fhirType()));
    }

    private static NoteRefused refused(DocumentRefused why) {
        return new NoteRefused("%s: %s".formatted(why.reason(), why.getMessage()), why);
    }

    private static Optional<Statement> statement(DocumentText text, Fact fact) {
        return claim(fact)
                .map(claim -> new Statement(
                        names(fact.concept()),
                        claim,
                        fact.measurement().map(DocumentStatements::measured),
                        quote(text, fact)));
    }

    /** What is denied of relatives says nothing of the patient either. */
    private static Optional<Statement.Claim> claim(Fact fact) {
        if (fact.section() == SectionKind.FAMILY_HISTORY) {
            return Optional.empty();
        }
        return switch (fact.assertion()) {
            case PRESENT -> Optional.of(Statement.Claim.PRESENT);
            case NEGATED -> Optional.of(Statement.Claim.ABSENT);
            case HISTORICAL -> Optional.of(Statement.Claim.PAST);
            case FAMILY, PLANNED, UNCERTAIN -> Optional.empty();
        };
    }

    private static Statement.Measured measured(Measurement measurement) {
        return new Statement.Measured(measurement.value(), measurement.comparator(), measurement.unit());
    }

    private static String quote(DocumentText text, Fact fact) {
        var attachment = text.version().attachment();
        return "\"%s\" at %d to %d%s"
                .formatted(
                        text.quote(fact.span()),
                        fact.span().start(),
                        fact.span().end(),
                        attachment == 0 ? "" : " of attachment " + attachment);
    }

    private static List<String> names(Concept concept) {
        return Stream.concat(Stream.of(concept.name()), concept.codes().stream().map(Code::toString))
                .toList();
    }
}
