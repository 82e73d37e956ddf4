package org.auspex.autoconfigure;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.auspex.kernel.Models;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.language.documents.AttachmentBytes;
import org.auspex.language.documents.Documents;
import org.auspex.language.documents.Fetching;
import org.auspex.language.documents.Limits;
import org.auspex.language.documents.Listed;
import org.auspex.language.draft.NoteSummary;
import org.auspex.language.evidence.SiteStatements;
import org.auspex.language.facts.CodeSystemVocabulary;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.GeneralVocabulary;
import org.auspex.language.facts.PaediatricVocabulary;
import org.auspex.language.facts.Recogniser;
import org.auspex.language.facts.StarterVocabulary;
import org.auspex.language.facts.Vocabulary;
import org.auspex.language.prose.Prose;
import org.auspex.language.prose.Tally;
import org.auspex.language.prose.Teller;
import org.auspex.language.summary.Summaries;
import org.auspex.operations.summarize.NoteSource;
import org.auspex.operations.summarize.SummarizeExecutor;
import org.auspex.operations.summarize.SummarizeProvider;
import org.auspex.store.JpaStore;
import org.auspex.store.Terms;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.context.annotation.Bean;

/** Reading notes, and making them short. */
class AuspexLanguage {

    private static final Clock CLOCK = Clock.systemUTC();

    @Bean
    SiteStatements auspexNotes(JpaStore store, Models models, AuspexSettings settings) {
        var stored = store.notes();
        var elsewhere = listed(settings.documents());
        AttachmentBytes bytes =
                (url, most) -> Listed.binary(url).flatMap(stored::bytes).orElseGet(() -> elsewhere.at(url, most));
        return new SiteStatements(
                new Documents(Limits.USUAL, bytes),
                List.of(new StarterVocabulary(), new GeneralVocabulary(), new PaediatricVocabulary()),
                words(store, settings.reading())::current,
                Optional.ofNullable(settings.reading().recogniser())
                        .map(model -> TextNetworks.recogniser(models, model))
                        .orElse(Recogniser.NONE));
    }

    private static Terms<Vocabulary> words(JpaStore store, AuspexSettings.ReadingSettings settings) {
        var made = new LinkedHashMap<String, Function<Resource, Vocabulary>>();
        settings.words()
                .values()
                .forEach(words -> made.put(words.url(), stored -> CodeSystemVocabulary.of(words.kind(), stored)));
        return store.terms(made, settings.rescan());
    }

    @Bean
    NoteSummary auspexNoteSummary(Prose prose, Tally tally) {
        return new NoteSummary(new Summaries(new Facts(List.of(new StarterVocabulary()))), new Teller(prose, tally));
    }

    @Bean
    NoteSource auspexNoteSource(JpaStore store, AuspexSettings settings) {
        return new NoteSource(store.notes(), listed(settings.documents()));
    }

    @Bean
    SummarizeProvider auspexSummarizeProvider(
            JpaStore store, EvidenceReader record, NoteSummary summaries, NoteSource source) {
        return new SummarizeProvider(source, new SummarizeExecutor(source, record, summaries, store.results()), CLOCK);
    }

    private static Listed listed(AuspexSettings.DocumentSettings settings) {
        var addresses = settings.sources().values().stream()
                .map(source ->
                        new Listed.Address(URI.create(source.url()), Optional.ofNullable(source.authorization())))
                .toList();
        return new Listed(addresses, new Fetching(settings.timeout()));
    }
}
