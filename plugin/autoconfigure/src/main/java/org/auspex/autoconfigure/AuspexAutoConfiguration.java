package org.auspex.autoconfigure;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.partition.IRequestPartitionHelperSvc;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryResourceMatcher;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.dicom.Uid;
import org.auspex.interceptors.deletion.DeletionInterceptor;
import org.auspex.interceptors.notice.NoticeInterceptor;
import org.auspex.interceptors.notice.Noticing;
import org.auspex.interceptors.notice.Sweep;
import org.auspex.kernel.FactNames;
import org.auspex.kernel.ModelFolders;
import org.auspex.kernel.ModelLoader;
import org.auspex.kernel.Models;
import org.auspex.kernel.PathRule;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.Witness;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.NoteReader;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.PictureSource;
import org.auspex.kernel.evidence.ShippedVocabulary;
import org.auspex.kernel.inference.Diagnostician;
import org.auspex.kernel.inference.Engines;
import org.auspex.kernel.model.CardReader;
import org.auspex.kernel.model.FirstSeen;
import org.auspex.kernel.model.WeightsPolicy;
import org.auspex.kernel.monai.BundleReader;
import org.auspex.kernel.watch.Tallies;
import org.auspex.language.consult.Consultation;
import org.auspex.language.draft.NoteSummary;
import org.auspex.language.evidence.SiteStatements;
import org.auspex.operations.job.JobDesk;
import org.auspex.operations.job.JobStatusProvider;
import org.auspex.operations.predict.PredictExecutor;
import org.auspex.operations.predict.PredictProvider;
import org.auspex.operations.rollout.RolloutProvider;
import org.auspex.store.JpaRecord;
import org.auspex.store.JpaStore;
import org.auspex.store.JpaVocabulary;
import org.auspex.store.Partitions;
import org.auspex.store.Studies;
import org.auspex.terminology.Units;
import org.auspex.testdata.ShippedModels;
import org.auspex.worklist.Tasks;
import org.auspex.worklist.WorkSettings;
import org.auspex.worklist.Workers;
import org.auspex.worklist.Worklist;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Auspex inside a HAPI FHIR JPA server. Bean names are prefixed, because a host forbids overriding.
 *
 * <p>Deliberately no {@code @Configuration}, here and on what is imported: Spring Boot does not need it, and a component
 * scan of the host (its key {@code custom-bean-packages}) then passes these classes by. A scan would read them before
 * the host's own beans are known, and the conditions would be false without a word.
 */
@ConditionalOnBean(
        type = {"ca.uhn.fhir.jpa.api.dao.DaoRegistry", "ca.uhn.fhir.rest.server.RestfulServer"},
        name = AuspexStaysOut.R4)
@EnableConfigurationProperties(AuspexSettings.class)
@Import({
    AuspexRegistration.class,
    AuspexAdaptation.class,
    AuspexEvaluation.class,
    AuspexWatch.class,
    AuspexLanguage.class,
    AuspexObservability.class,
    AuspexDicom.class,
    AuspexChat.class,
    AuspexConsultation.class,
    AuspexEndpoints.class,
    AuspexMcp.class
})
public class AuspexAutoConfiguration {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final String FLYWAY = "org.flywaydb";
    private static final String DJL = "ai.djl";

    @Bean
    Home auspexHome(AuspexSettings settings) {
        return Home.of(settings.home());
    }

    @Bean
    JpaStore auspexStore(
            ConfigurableEnvironment environment,
            DaoRegistry daos,
            DataSource database,
            PlatformTransactionManager transactions,
            Partitions partitions) {
        UnknownSettings.refuse(environment);
        HostLog.without(FLYWAY, () -> migrate(database));
        return new JpaStore(daos, partitions, database, transactions, CLOCK);
    }

    @Bean
    Partitions auspexPartitions(PartitionSettings settings, IRequestPartitionHelperSvc requests) {
        return new Partitions(settings, requests);
    }

    @Bean
    JpaRecord auspexRecord(
            JpaStore store,
            InMemoryResourceMatcher matcher,
            ISearchParamRegistry parameters,
            JpaVocabulary vocabulary,
            AuspexSettings settings) {
        return store.record(matcher, parameters, vocabulary, settings.evidence().maxResources());
    }

    @Bean
    JpaVocabulary auspexVocabulary(JpaStore store, IValidationSupport terminology, FhirContext fhir) {
        return store.vocabulary(terminology, new ShippedVocabulary(fhir));
    }

    @Bean
    EvidenceReader auspexEvidenceReader(
            JpaRecord record,
            Paths paths,
            Units units,
            JpaVocabulary vocabulary,
            PictureSource pictures,
            NoteReader notes) {
        return new EvidenceReader(record, paths, units, vocabulary)
                .with(pictures)
                .reading(notes);
    }

    @Bean
    Units auspexUnits() {
        return new Units();
    }

    @Bean
    Paths auspexPaths(FhirContext fhir) {
        return new Paths(fhir);
    }

    @Bean
    ModelLoader auspexModelLoader(
            AuspexSettings settings,
            Home home,
            FhirContext fhir,
            JpaRecord record,
            EvidenceReader reader,
            SiteStatements notes,
            Paths paths,
            Units units,
            JpaVocabulary vocabulary,
            Diagnostician diagnostician) {
        Engines.prepare(home.natives());
        HostLog.onlyErrors(DJL);
        var weights = weights(settings.models(), home);
        var cards = new CardReader(
                units, List.of(new PathRule(fhir, paths, vocabulary, record::problem), new FactNames(notes)), weights);
        var inference = settings.inference();
        var engines = new Engines(inference.timeout(), inference.queue(), inference.maxNumbers()).asking(diagnostician);
        return new ModelLoader(
                cards,
                new BundleReader(weights),
                engines,
                reader.reading(notes.byWords()),
                fhir,
                settings.models().settings());
    }

    private static WeightsPolicy weights(AuspexSettings.ModelSettings settings, Home home) {
        return new WeightsPolicy(
                settings.maxBytes(),
                settings.trustOnFirstUse() ? Optional.of(new FirstSeen(home.firstSeen())) : Optional.empty());
    }

    @Bean
    Models auspexModels() {
        return new Models();
    }

    @Bean
    ModelFolders auspexModelFolders(
            ModelLoader loader, Models models, JpaStore store, AuspexSettings settings, Home home) throws IOException {
        var roots = new ArrayList<Path>();
        if (settings.models().shipped()) {
            roots.add(ShippedModels.unpack(home.shippedModels()));
        }
        roots.add(home.models(settings.models()));
        var folders = new ModelFolders(roots, loader, models, store.rollouts()::chosen, store.calibrations()::all);
        folders.refresh();
        return folders;
    }

    @Bean
    Prediction auspexPrediction(
            Models models, EvidenceReader reader, JpaStore store, Tallies tallies, AuspexSettings settings) {
        var witness = settings.watch().enabled() ? tallies : Witness.NOBODY;
        return new Prediction(models, reader, store.results(), CLOCK, witness);
    }

    @Bean
    PredictProvider auspexPredictProvider(
            Models models, Prediction prediction, JpaStore store, JpaRecord record, Worklist worklist, JobDesk jobs) {
        var executor = new PredictExecutor(models, prediction, store.subjects(), record, worklist);
        return new PredictProvider(executor, jobs, CLOCK);
    }

    @Bean
    JobDesk auspexJobDesk(
            Models models, JpaStore store, MatchUrlService searches, Worklist worklist, AuspexSettings settings) {
        var members = store.members(searches, settings.jobs().maxSubjects());
        return new JobDesk(models, store.subjects(), members, worklist.jobs());
    }

    @Bean
    JobStatusProvider auspexJobStatusProvider(Worklist worklist) {
        return new JobStatusProvider(worklist.jobs());
    }

    @Bean
    RolloutProvider auspexRolloutProvider(Models models, JpaStore store) {
        return new RolloutProvider(models, store.rollouts(), store.shadows());
    }

    @Bean
    NoticeInterceptor auspexNoticeInterceptor(Noticing noticing) {
        return new NoticeInterceptor(noticing);
    }

    @Bean
    DeletionInterceptor auspexDeletionInterceptor(JpaStore store) {
        return new DeletionInterceptor(store.ownResources());
    }

    @Bean
    Worklist auspexWorklist(DataSource database, PlatformTransactionManager transactions, JpaStore migrated) {
        return new Worklist(database, transactions);
    }

    @Bean(destroyMethod = "close")
    Workers auspexWorkers(
            Worklist worklist,
            AuspexSettings settings,
            Prediction prediction,
            JpaStore store,
            EvidenceReader reader,
            Models models,
            NoteSummary summaries) {
        var work = settings.worklist();
        return new Workers(
                worklist,
                new WorkSettings(
                        work.threads(),
                        work.batch(),
                        work.poll(),
                        work.lease(),
                        work.attempts(),
                        work.backoff(),
                        work.unserved()),
                new Tasks(
                        prediction,
                        store.withdrawals(
                                reader,
                                models,
                                (model, resource) -> summaries
                                        .pieces(model, resource)
                                        .or(() -> Consultation.rereading().pieces(model, resource))),
                        store.failureTasks(),
                        store.shadows(),
                        store.followUpTasks()));
    }

    @Bean
    Triggers auspexTriggers(Models models, EvidenceReader reader) {
        return new Triggers(models, reader);
    }

    @Bean
    Noticing auspexNoticing(
            Triggers triggers, Worklist worklist, JpaVocabulary vocabulary, Studies studies, FolderArchive images) {
        Consumer<String> again =
                uid -> studies.afterCommit(() -> images.changed().note(new Uid(uid)));
        return new Noticing(triggers, new Noticing.Told(worklist, again), vocabulary, CLOCK);
    }

    @Bean(destroyMethod = "close")
    Sweep auspexSweep(Noticing noticing, Triggers triggers, JpaStore store, Worklist worklist) {
        return new Sweep(noticing, triggers, store.changes(), worklist, CLOCK);
    }

    /** Our tables have a history of their own: the host may not use Flyway, or use it for something else. */
    private static void migrate(DataSource database) {
        Flyway.configure(AuspexAutoConfiguration.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:org/auspex/worklist/migrations", "classpath:org/auspex/store/migrations")
                .table("auspex_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
