package org.auspex.store;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryResourceMatcher;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.auspex.kernel.Models;
import org.auspex.kernel.Rereading;
import org.auspex.kernel.appraisal.MarkedStudies;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Vocabulary;
import org.auspex.kernel.watch.Tallies;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The door of this package: hands out what implements the kernel's interfaces on a HAPI JPA server. */
public final class JpaStore {

    private final DaoRegistry daos;
    private final Partitions partitions;
    private final FhirStore store;
    private final ResultTable table;
    private final SiteCalibrations calibrations;
    private final Rollouts rollouts;
    private final ShadowTable shadows;
    private final Warnings warnings;
    private final PlatformTransactionManager transactions;
    private final DataSource database;
    private final Clock clock;

    public JpaStore(
            DaoRegistry daos,
            Partitions partitions,
            DataSource database,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.daos = daos;
        this.partitions = partitions;
        this.store = new FhirStore(daos, partitions);
        this.table = new ResultTable(database, clock);
        this.calibrations = new SiteCalibrations(database);
        this.rollouts = new Rollouts(store, calibrations, database, transactions, clock);
        this.shadows = new ShadowTable(database, clock);
        this.warnings = new Warnings(store, clock);
        this.transactions = transactions;
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param limit resources of one type that one question may read
     */
    public JpaRecord record(
            InMemoryResourceMatcher matcher, ISearchParamRegistry parameters, Vocabulary vocabulary, int limit) {
        return new JpaRecord(this, matcher, parameters, vocabulary, limit);
    }

    /**
     * @param terminology for ValueSets that lean on a hierarchy
     * @param shipped for ValueSets that are not stored here
     */
    public JpaVocabulary vocabulary(IValidationSupport terminology, Vocabulary shipped) {
        return new JpaVocabulary(store, terminology, shipped, clock);
    }

    public Results results() {
        return new Results(
                store,
                new ResultBlock(store, table, followUpTasks(), warnings),
                new ModelResources(store, rollouts),
                transactions);
    }

    /** @param others reads what results of those without a card rest on */
    public Withdrawals withdrawals(EvidenceReader reader, Models models, Rereading others) {
        return new Withdrawals(this, reader, models, others);
    }

    public Notes notes() {
        return new Notes(store);
    }

    /**
     * @param made what CodeSystems and expanded ValueSets are made into, by canonical address
     * @param rescan how often they are looked for anew
     */
    public <V> Terms<V> terms(Map<String, Function<Resource, V>> made, Duration rescan) {
        return new Terms<>(store, made, rescan, clock);
    }

    public Charts charts() {
        return new Charts(store);
    }

    public Rollouts rollouts() {
        return rollouts;
    }

    public ShadowTable shadows() {
        return shadows;
    }

    public FailureTasks failureTasks() {
        return new FailureTasks(store, clock);
    }

    public FollowUpTasks followUpTasks() {
        return new FollowUpTasks(store, clock);
    }

    public Warnings warnings() {
        return warnings;
    }

    public Studies studies() {
        return new Studies(store, clock);
    }

    public Agreements agreements() {
        return new Agreements(store, table, clock);
    }

    public MarkedStudies markedStudies() {
        return new MarkedResults(store, database);
    }

    public Subjects subjects() {
        return new Subjects(store);
    }

    /**
     * @param limit members that one cohort may have
     */
    public Members members(MatchUrlService searches, int limit) {
        return new Members(store, searches, limit);
    }

    public Reports reports() {
        return new Reports(store, rollouts, calibrations, transactions);
    }

    public SiteCalibrations calibrations() {
        return calibrations;
    }

    /** @param folder where files of {@code evaluate --calibration} are dropped */
    public CalibrationInbox calibrationInbox(Path folder, Models models) {
        return new CalibrationInbox(folder, models, reports());
    }

    /** @param tallies what this server counts */
    public ModelWatch watch(Tallies tallies, Models models, ISearchParamRegistry parameters, ModelWatch.Terms terms) {
        var counts = new WatchTable(database);
        var parts = new ModelWatch.Parts(
                tallies,
                store,
                counts,
                new Confirmations(store, counts, new Diagnoses(store, database), parameters),
                new TransactionTemplate(transactions));
        return new ModelWatch(parts, models, terms, clock);
    }

    public Changes changes() {
        return new Changes(daos, partitions);
    }

    public Intake intake() {
        return new Intake(daos);
    }

    public OwnResources ownResources() {
        return new OwnResources(store);
    }

    public Publication publication(ISearchParamRegistry parameters) {
        return new Publication(store, parameters);
    }

    PlatformTransactionManager transactions() {
        return transactions;
    }

    FhirStore store() {
        return store;
    }

    ResultTable table() {
        return table;
    }

    Clock clock() {
        return clock;
    }
}
