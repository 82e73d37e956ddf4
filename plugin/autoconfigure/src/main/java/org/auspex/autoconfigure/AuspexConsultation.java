package org.auspex.autoconfigure;

import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.Models;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.language.consult.AnswerSources;
import org.auspex.language.consult.Answers;
import org.auspex.language.consult.KnowledgeSearch;
import org.auspex.language.consult.Phrases;
import org.auspex.language.facts.StarterVocabulary;
import org.auspex.language.prose.Prose;
import org.auspex.language.prose.Tally;
import org.auspex.language.retrieval.Analysis;
import org.auspex.language.retrieval.KnowledgeFolder;
import org.auspex.language.retrieval.KnowledgeIndex;
import org.auspex.operations.consult.ConsultCounts;
import org.auspex.operations.consult.ConsultExecutor;
import org.auspex.operations.consult.ConsultProvider;
import org.auspex.operations.consult.RecordSource;
import org.auspex.operations.summarize.NoteSource;
import org.auspex.store.JpaStore;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/** Answering questions of patients, from the record and from the folder of knowledge documents. */
class AuspexConsultation {

    @Bean
    Analysis auspexAnalysis() {
        return new Analysis();
    }

    @Bean(destroyMethod = "close")
    KnowledgeIndex auspexKnowledgeIndex(Analysis analysis, Models models, AuspexSettings settings) {
        return new KnowledgeIndex(
                analysis,
                Optional.ofNullable(settings.consult().embedding())
                        .map(version -> TextNetworks.embedder(models, version)));
    }

    @Bean
    Knowledge auspexKnowledge(KnowledgeIndex index, AuspexSettings settings) {
        var consult = settings.consult();
        return new Knowledge(Optional.ofNullable(consult.knowledge()).map(folder -> {
            if (!Files.isDirectory(folder)) {
                throw new IllegalStateException(
                        "auspex.consult.knowledge is '%s', which is no folder. Make it, or take the setting away."
                                .formatted(folder));
            }
            return new KnowledgeFolder(folder, consult.maxKnowledgeCharacters(), index);
        }));
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> auspexKnowledgeWatch(Knowledge knowledge, AuspexSettings settings) {
        return ready -> knowledge
                .folder()
                .ifPresent(folder -> folder.watch(settings.consult().rescan()));
    }

    @Bean
    Answers auspexAnswers(
            KnowledgeIndex index,
            Analysis analysis,
            Knowledge knowledge,
            Prose prose,
            Tally tally,
            AuspexSettings settings) {
        var consult = settings.consult();
        var sources = new AnswerSources(
                List.of(new StarterVocabulary()), analysis, new KnowledgeSearch(index, analysis), prose, tally);
        return new Answers(
                sources,
                knowledge::isRead,
                new Phrases(Optional.ofNullable(consult.emergency()), Optional.ofNullable(consult.contact())));
    }

    @Bean
    ConsultCounts auspexConsultCounts() {
        return new ConsultCounts();
    }

    @Bean
    ConsultProvider auspexConsultProvider(
            JpaStore store,
            EvidenceReader evidence,
            NoteSource notes,
            Answers answers,
            ConsultCounts counts,
            AuspexSettings settings) {
        var source = new RecordSource(store.charts(), store.notes(), notes);
        return new ConsultProvider(
                new ConsultExecutor(source, evidence, answers, store.results(), counts),
                settings.consult().maxQuestion(),
                Clock.systemUTC());
    }

    /** The folder of knowledge documents, if the site has one. */
    record Knowledge(Optional<KnowledgeFolder> folder) implements AutoCloseable {

        boolean isRead() {
            return folder.map(known -> known.state().read()).orElse(true);
        }

        @Override
        public void close() {
            folder.ifPresent(KnowledgeFolder::close);
        }
    }
}
