package org.auspex.language.evidence;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.NoteReader;
import org.auspex.kernel.evidence.Statement;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.notes.ReadNote;
import org.auspex.language.documents.Documents;
import org.auspex.language.facts.Recogniser;
import org.auspex.language.facts.Vocabulary;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** Reads documents by the words that ship and by those of the site, which may change while the server runs. */
public final class SiteStatements implements NoteReader {

    private final Documents documents;
    private final List<Vocabulary> shipped;
    private final Supplier<List<Vocabulary>> site;
    private final Recogniser recogniser;
    private List<Vocabulary> known;
    private DocumentStatements reader;

    /** @param site the same list as long as nothing has changed */
    public SiteStatements(
            Documents documents, List<Vocabulary> shipped, Supplier<List<Vocabulary>> site, Recogniser recogniser) {
        this.documents = documents;
        this.shipped = List.copyOf(shipped);
        this.site = site;
        this.recogniser = recogniser;
        this.known = List.of();
        this.reader = new DocumentStatements(documents, shipped, recogniser);
    }

    /** The same by words alone: what a case with a known answer is read by. */
    public NoteReader byWords() {
        return new SiteStatements(documents, shipped, site, Recogniser.NONE);
    }

    @Override
    public List<Statement> statements(Resource note) {
        return reader().statements(note);
    }

    @Override
    public ReadNote read(Resource note, Optional<Patient> patient) {
        return reader().read(note, patient);
    }

    @Override
    public List<Feature.Sentence> sentences(Resource note, Optional<Patient> patient) {
        return reader().sentences(note, patient);
    }

    @Override
    public Optional<String> problem(String concept) {
        return reader().problem(concept);
    }

    private synchronized DocumentStatements reader() {
        var now = site.get();
        if (now != known) {
            reader = new DocumentStatements(
                    documents, Stream.concat(shipped.stream(), now.stream()).toList(), recogniser);
            known = now;
        }
        return reader;
    }
}
