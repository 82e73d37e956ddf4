package org.auspex.worklist;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.auspex.kernel.Triggers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows of the worklist. */
public final class Worklist {

    private static final Logger LOG = LoggerFactory.getLogger(Worklist.class);

    /** Times are the database's: that of the clinical write, which is due once it is committed. */
    private static final String INSERT = """
            insert into auspex_work
                (kind, model, model_name, subject, patient, cause, state, attempts, created_at, due_at, partition_id)
            select ?, ?, ?, ?, ?, ?, 'waiting', 0, current_timestamp,
                current_timestamp + cast(? as double precision) * interval '1' second, cast(? as integer)
            where not exists (
                select 1 from auspex_work where kind = ? and model = ? and subject = ? and cause = ?)
            """;

    /** The tables are those of the results, in the same database. */
    private static final String WITH_RESULT = """
            and exists (
                select 1 from auspex_current newest join auspex_result r on r.id = newest.result_id
                where newest.model_name = ? and newest.subject = ?%s)
            """;

    private static final Map<Triggers.Whom, String> BY_WHOM = Map.of(
            Triggers.Whom.ANYBODY,
            INSERT,
            Triggers.Whom.WITH_RESULT,
            INSERT + WITH_RESULT.formatted(""),
            Triggers.Whom.WITH_ISSUES,
            INSERT + WITH_RESULT.formatted(" and r.parts like '%DetectedIssue/%'"));

    private static final String AGAIN = """
            update auspex_work set state = 'waiting', attempts = 0, due_at = current_timestamp, result = null
            where task = ? and state in ('failed', 'abstained', 'done')
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final List<Consumer<Set<Line>>> listeners = new CopyOnWriteArrayList<>();

    public Worklist(DataSource database, PlatformTransactionManager transactions) {
        this.jdbc = new JdbcTemplate(database);
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Writes questions in the transaction that is under way, if there is one, and wakes the workers once it commits. A
     * question that stands already is not asked twice.
     *
     * @return whether they were written. If not, the transaction goes on as if nothing had been tried.
     */
    public boolean offer(List<Question> questions) {
        if (questions.isEmpty()) {
            return true;
        }
        try {
            undisturbed(connection -> insert(connection, questions));
        } catch (DataAccessException e) {
            LOG.error("{} questions could not be put on the worklist; the sweep will find them", questions.size(), e);
            return false;
        }
        wakeAfterCommit(questions.stream().map(Line::of).collect(Collectors.toSet()));
        return true;
    }

    /** Calls {@code listener} whenever there may be new work, with the lines where it waits; with none if that is not known. */
    void onNews(Consumer<Set<Line>> listener) {
        listeners.add(listener);
    }

    /**
     * Asks again, in the transaction that is under way, whatever a Task shows; attempts are counted anew.
     *
     * @param task such as {@code Task/12}
     * @return how many questions; 0 if the Task shows none, or they wait already
     */
    public int again(String task) {
        var asked = undisturbed(connection -> {
            try (var update = connection.prepareStatement(AGAIN)) {
                update.setString(1, task);
                return update.executeUpdate();
            }
        });
        if (asked > 0) {
            wakeAfterCommit(Set.of());
        }
        return asked;
    }

    /** What a server of this name claims from now on. */
    Claims claims(WorkSettings settings, String owner) {
        return new Claims(jdbc, transaction, settings, owner);
    }

    /** What clients ask here and come back for. */
    public Jobs jobs() {
        return new Jobs(jdbc, transaction, this);
    }

    /** How many questions there are in each state, for metrics. */
    public Map<String, Long> counts() {
        return jdbc.query("select state, count(*) as n from auspex_work group by state", row -> {
            var counts = new TreeMap<String, Long>();
            while (row.next()) {
                counts.put(row.getString("state"), row.getLong("n"));
            }
            return counts;
        });
    }

    /** Up to when every stored resource was looked at; empty before the first time. */
    public Optional<Instant> coveredUntil() {
        return jdbc
                .query(
                        "select covered_until from auspex_watermark where name = 'stored'",
                        (row, n) -> row.getTimestamp("covered_until").toInstant())
                .stream()
                .findFirst();
    }

    public void coverUntil(Instant until) {
        transaction.executeWithoutResult(status -> {
            var time = Timestamp.from(until);
            if (jdbc.update("update auspex_watermark set covered_until = ? where name = 'stored'", time) == 0) {
                jdbc.update("insert into auspex_watermark (name, covered_until) values ('stored', ?)", time);
            }
        });
    }

    /** What is done with a connection. */
    @FunctionalInterface
    private interface Statements {
        int execute(Connection connection) throws SQLException;
    }

    /**
     * A failed statement must not spoil the transaction it stands in (PostgreSQL aborts it), so it gets a savepoint
     * where there is a transaction to spoil.
     */
    private int undisturbed(Statements statements) {
        return Objects.requireNonNull(jdbc.execute((ConnectionCallback<Integer>) connection ->
                connection.getAutoCommit() ? allOrNone(connection, statements) : guarded(connection, statements)));
    }

    private static int guarded(Connection connection, Statements statements) throws SQLException {
        var savepoint = connection.setSavepoint();
        try {
            var changed = statements.execute(connection);
            connection.releaseSavepoint(savepoint);
            return changed;
        } catch (SQLException e) {
            connection.rollback(savepoint);
            throw e;
        }
    }

    private static int allOrNone(Connection connection, Statements statements) throws SQLException {
        connection.setAutoCommit(false);
        try {
            var changed = statements.execute(connection);
            connection.commit();
            return changed;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static int insert(Connection connection, List<Question> questions) throws SQLException {
        int inserted = 0;
        for (var question : questions) {
            try (var insert = connection.prepareStatement(Objects.requireNonNull(BY_WHOM.get(question.whom())))) {
                var values = new ArrayList<@Nullable Object>(Arrays.asList(
                        question.kind().name(),
                        question.model(),
                        question.modelName(),
                        question.subject().reference(),
                        question.subject().patient(),
                        question.cause(),
                        Claims.seconds(question.debounce()),
                        question.partition().orElse(null),
                        question.kind().name(),
                        question.model(),
                        question.subject().reference(),
                        question.cause()));
                if (question.whom() != Triggers.Whom.ANYBODY) {
                    values.add(question.modelName());
                    values.add(question.subject().reference());
                }
                for (int i = 0; i < values.size(); i++) {
                    insert.setObject(i + 1, values.get(i));
                }
                inserted += insert.executeUpdate();
            }
        }
        return inserted;
    }

    private void wakeAfterCommit(Set<Line> lines) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            wake(lines);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake(lines);
            }
        });
    }

    /**
     * @param lines where there may be new work; none if that is not known
     */
    void wake(Set<Line> lines) {
        listeners.forEach(listener -> listener.accept(lines));
    }
}
