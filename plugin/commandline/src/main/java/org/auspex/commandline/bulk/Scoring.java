package org.auspex.commandline.bulk;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.Answer;
import org.auspex.kernel.Models;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Medications;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * Scores one part of an export: the lines of some patients in, their answers out. It keeps nothing from one part to the
 * next, so parts may as well be scored on several machines.
 */
public final class Scoring {

    /** Subjects that are inferred at once. */
    private static final int BLOCK = 256;

    private final Models models;
    private final EvidenceReader reader;
    private final List<ModelCard> cards;
    private final Instant asOf;
    private final Map<String, String> medications;
    private final FhirContext fhir = FhirContext.forR4Cached();

    /**
     * @param models every version that is to answer
     * @param medications as lines of NDJSON, by {@code Medication/id}
     */
    public Scoring(Models models, EvidenceReader reader, Instant asOf, Map<String, String> medications) {
        this.models = models;
        this.reader = reader;
        this.cards = models.serving();
        this.asOf = asOf;
        this.medications = medications;
    }

    /** Where answers go. */
    public interface Sink {

        void answer(ModelCard card, Answer answer);

        /** Somebody about whom a model could not say anything, because it failed. */
        void failed(ModelId model, Subject subject, RuntimeException why);

        /** A line that is no resource. */
        void unreadable(String why);
    }

    /**
     * @param lines every line about some patients, and no line about others
     */
    public void score(Stream<String> lines, Sink sink) {
        var bundle = bundle(lines, sink);
        // What a card asks beyond codes needs a server's search parameters; such cards were refused before.
        var record = new BundleRecord(bundle, (resource, query) -> false);
        var prediction = new Prediction(
                models,
                reader.from(record),
                new NamedResults(),
                Clock.fixed(asOf, Clock.systemUTC().getZone()));
        for (var card : cards) {
            var subjects = record.subjects(card.subjectType());
            for (int from = 0; from < subjects.size(); from += BLOCK) {
                block(prediction, card, subjects.subList(from, Math.min(from + BLOCK, subjects.size())), sink);
            }
        }
    }

    /** A block that fails is tried one by one, so that one bad record does not take the others with it. */
    private void block(Prediction prediction, ModelCard card, List<Subject> subjects, Sink sink) {
        try {
            prediction
                    .predict(card.id(), subjects, asOf, Priority.ROUTINE)
                    .forEach(answer -> answer.failure()
                            .ifPresentOrElse(
                                    why -> sink.failed(
                                            card.id(), answer.evidence().subject(), why),
                                    () -> sink.answer(card, answer)));
        } catch (RuntimeException e) {
            if (subjects.size() == 1) {
                sink.failed(card.id(), subjects.get(0), e);
            } else {
                subjects.forEach(subject -> block(prediction, card, List.of(subject), sink));
            }
        }
    }

    private Bundle bundle(Stream<String> lines, Sink sink) {
        var parser = fhir.newJsonParser();
        parser.setParserErrorHandler(new LenientErrorHandler(false));
        var resources = new ArrayList<Resource>();
        lines.forEach(line -> read(parser, line, sink).ifPresent(resources::add));
        var found = new LinkedHashMap<String, Optional<Resource>>();
        Medications.resolve(
                resources,
                reference -> found.computeIfAbsent(
                        org.auspex.kernel.evidence.Compartment.plain(reference),
                        plain ->
                                Optional.ofNullable(medications.get(plain)).flatMap(line -> read(parser, line, sink))));
        var bundle = new Bundle();
        resources.forEach(resource -> bundle.addEntry().setResource(resource));
        return bundle;
    }

    private static Optional<Resource> read(IParser parser, String line, Sink sink) {
        try {
            return Optional.of((Resource) parser.parseResource(line));
        } catch (DataFormatException e) {
            // HAPI's message may quote the line, which is a patient's.
            sink.unreadable("A line of %d characters is no FHIR R4 resource (%s)"
                    .formatted(line.length(), e.getClass().getSimpleName()));
            return Optional.empty();
        }
    }
}
