package org.auspex.worklist;

import java.sql.Timestamp;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.auspex.kernel.inference.Priority;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.transaction.support.TransactionTemplate;

/** What clients asked and come back for. The questions of a job are rows of the worklist, and are worked off as any other. */
public final class Jobs {

    private static final int BLOCK = 1000;

    private static final String INSERT = """
            insert into auspex_work
                (kind, model, model_name, subject, patient, cause, state, reason, attempts, created_at, due_at, partition_id)
            values (?, ?, '', ?, ?, ?, ?, ?, 0, current_timestamp, current_timestamp, ?)
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Worklist worklist;

    Jobs(JdbcTemplate jdbc, TransactionTemplate transaction, Worklist worklist) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.worklist = worklist;
    }

    /** Opens a job with all of its questions, or not at all. */
    public void open(Job job, List<JobQuestion> questions) {
        transaction.executeWithoutResult(status -> {
            jdbc.update(
                    "insert into auspex_job (id, subjects, as_of, persist, priority, state, created_at)"
                            + " values (?, ?, ?, ?, ?, 'open', current_timestamp)",
                    job.id(),
                    job.subjects(),
                    Timestamp.from(job.asOf()),
                    job.persist(),
                    job.priority().name());
            jdbc.batchUpdate(INSERT, questions, BLOCK, (insert, question) -> {
                insert.setString(1, job.kind().name());
                insert.setString(2, question.model().map(Object::toString).orElse(""));
                insert.setString(3, question.subject().reference());
                insert.setString(4, question.subject().patient());
                insert.setString(5, job.cause());
                insert.setString(6, question.excluded().isPresent() ? "excluded" : "waiting");
                insert.setString(7, question.excluded().orElse(null));
                insert.setObject(8, question.partition().orElse(null), Types.INTEGER);
            });
        });
        worklist.wake(Set.of());
    }

    /** How far a job has come; empty if there is none of this id, or it was cancelled. */
    public Optional<JobProgress> progress(String id) {
        return find(id).map(job -> {
            var counts = new HashMap<String, Long>();
            jdbc.query(
                    "select state, count(*) as n from auspex_work where cause = ? group by state",
                    (RowCallbackHandler) row -> counts.put(row.getString("state"), row.getLong("n")),
                    job.cause());
            return new JobProgress(job, counts);
        });
    }

    /** What became of every question, in the order they were asked. */
    public List<JobOutcome> outcomes(Job job) {
        return jdbc.query(
                "select subject, model, state, result, reason from auspex_work where cause = ? order by id",
                (row, n) -> new JobOutcome(
                        row.getString("subject"),
                        Optional.of(row.getString("model")).filter(model -> !model.isEmpty()),
                        row.getString("state"),
                        Optional.ofNullable(row.getString("result")),
                        Optional.ofNullable(row.getString("reason"))),
                job.cause());
    }

    /**
     * Ends a job. What waits is never asked; what is being answered at this moment is still stored.
     *
     * @return false if there is none of this id, or it was cancelled before
     */
    public boolean cancel(String id) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var job = find(id);
            job.ifPresent(open -> {
                jdbc.update("update auspex_job set state = 'cancelled' where id = ?", id);
                jdbc.update(
                        "update auspex_work set state = 'cancelled' where cause = ? and state = 'waiting'",
                        open.cause());
            });
            return job.isPresent();
        }));
    }

    /** The jobs behind claimed questions, by id, without those that were cancelled in the meantime. */
    Map<String, Job> behind(List<Work> works) {
        return works.stream()
                .map(Job::behind)
                .distinct()
                .flatMap(id -> find(id).stream())
                .collect(Collectors.toMap(Job::id, Function.identity()));
    }

    private Optional<Job> find(String id) {
        return jdbc
                .query(
                        "select id, subjects, as_of, persist, priority from auspex_job where id = ? and state = 'open'",
                        (row, n) -> new Job(
                                row.getString("id"),
                                row.getString("subjects"),
                                row.getTimestamp("as_of").toInstant(),
                                row.getBoolean("persist"),
                                Priority.valueOf(row.getString("priority"))),
                        id)
                .stream()
                .findFirst();
    }
}
