package org.auspex.worklist;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.auspex.kernel.evidence.Subject;
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

    private static final String INSERT = """
            insert into auspex_work
                (kind, model, model_name, subject, patient, cause, state, attempts, created_at, due_at, partition_id)
            select ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, ?, cast(? as integer)
            where not exists (
                select 1 from auspex_work where kind = ? and model = ? and subject = ? and cause = ?)
            """;

    private static final String CLAIMABLE = """
            select id, model, subject, patient, cause, attempts, partition_id from auspex_work
            where kind = ? and model_name = ?
              and ((state = 'waiting' and due_at <= ?) or (state = 'claimed' and lease_until < ?))
            order by due_at, id limit ? for update skip locked
            """;

    /** Every claim counts one attempt, so a worker that slept through its lease no longer matches. */
    private static final String STILL_OURS = " and state = 'claimed' and attempts = ?";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public Worklist(DataSource database, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = new JdbcTemplate(database);
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
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
            jdbc.execute((ConnectionCallback<Boolean>) connection -> insertAll(connection, questions));
        } catch (DataAccessException e) {
            LOG.error("{} questions could not be put on the worklist; the sweep will find them", questions.size(), e);
            return false;
        }
        wakeAfterCommit();
        return true;
    }

    /** Calls {@code listener} whenever there may be new work. */
    void onNews(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * Takes due work of one kind and model, oldest first, for at most {@code lease}.
     *
     * @param modelName name without version; empty for reviews
     */
    List<Work> claim(Question.Kind kind, String modelName, Claim claim) {
        return Optional.ofNullable(transaction.execute(status -> {
                    var now = Timestamp.from(clock.instant());
                    var works = jdbc.query(
                            CLAIMABLE,
                            (row, n) -> new Work(
                                    row.getLong("id"),
                                    row.getString("model"),
                                    new Subject(row.getString("subject"), row.getString("patient")),
                                    row.getString("cause"),
                                    row.getInt("attempts") + 1,
                                    Optional.ofNullable(row.getObject("partition_id", Integer.class))),
                            kind.name(),
                            modelName,
                            now,
                            now,
                            claim.limit());
                    var until = Timestamp.from(clock.instant().plus(claim.lease()));
                    works.forEach(work -> jdbc.update(
                            "update auspex_work set state = 'claimed', attempts = ?, lease_until = ?, owner = ? where id = ?",
                            work.attempt(),
                            until,
                            claim.owner(),
                            work.id()));
                    return works;
                }))
                .orElse(List.of());
    }

    /** Records how work ended: {@code done}, {@code abstained} or {@code failed}. */
    void finish(List<Work> works, String state, String reason) {
        var text = reason.length() > 2000 ? reason.substring(0, 2000) : reason;
        works.forEach(work -> jdbc.update(
                "update auspex_work set state = ?, reason = ?, lease_until = null where id = ?" + STILL_OURS,
                state,
                text,
                work.id(),
                work.attempt()));
    }

    /** Puts work back for another attempt. */
    void retry(List<Work> works, Instant due, String reason) {
        putBack(works, 0, due, reason);
    }

    /** Puts back work that could not even be tried, so that no attempt is counted. */
    void postpone(List<Work> works, Instant due, String reason) {
        putBack(works, 1, due, reason);
    }

    private void putBack(List<Work> works, int uncounted, Instant due, String reason) {
        works.forEach(work -> jdbc.update(
                "update auspex_work set state = 'waiting', attempts = ?, due_at = ?, reason = ?, lease_until = null"
                        + " where id = ?" + STILL_OURS,
                work.attempt() - uncounted,
                Timestamp.from(due),
                reason.length() > 2000 ? reason.substring(0, 2000) : reason,
                work.id(),
                work.attempt()));
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

    /**
     * @param owner who claims
     * @param limit rows at most
     * @param lease after this, others may claim the same rows
     */
    record Claim(String owner, int limit, Duration lease) {}

    /**
     * A failed statement must not spoil the transaction it stands in (PostgreSQL aborts it), so it gets a savepoint
     * where there is a transaction to spoil.
     */
    private boolean insertAll(Connection connection, List<Question> questions) throws SQLException {
        if (connection.getAutoCommit()) {
            return insertAllOrNone(connection, questions);
        }
        var savepoint = connection.setSavepoint();
        try {
            insert(connection, questions);
        } catch (SQLException e) {
            connection.rollback(savepoint);
            throw e;
        }
        connection.releaseSavepoint(savepoint);
        return true;
    }

    private boolean insertAllOrNone(Connection connection, List<Question> questions) throws SQLException {
        connection.setAutoCommit(false);
        try {
            insert(connection, questions);
            connection.commit();
            return true;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void insert(Connection connection, List<Question> questions) throws SQLException {
        var now = clock.instant();
        try (var insert = connection.prepareStatement(INSERT)) {
            for (var question : questions) {
                var values = Arrays.asList(
                        question.kind().name(),
                        question.model(),
                        question.modelName(),
                        question.subject().reference(),
                        question.subject().patient(),
                        question.cause(),
                        Timestamp.from(now),
                        Timestamp.from(now.plus(question.debounce())),
                        question.partition().orElse(null),
                        question.kind().name(),
                        question.model(),
                        question.subject().reference(),
                        question.cause());
                for (int i = 0; i < values.size(); i++) {
                    insert.setObject(i + 1, values.get(i));
                }
                insert.executeUpdate();
            }
        }
    }

    private void wakeAfterCommit() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            wake();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake();
            }
        });
    }

    private void wake() {
        listeners.forEach(Runnable::run);
    }
}
