package org.auspex.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.Subject;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What one server has taken from the worklist, and how it is given back. All times are the database's, for the clocks of
 * servers may differ.
 */
final class Claims {

    private static final String SELECT = """
            select id, claims + 1 as claim, model, subject, patient, cause, attempts + 1 as attempt, partition_id, task,
                   current_timestamp as claimed_at
            from auspex_work where kind = ? and model_name = ?
            """;

    /** The least suspicious first: what stops the server again must not keep the others from being answered. */
    private static final String LEFT_BEHIND = SELECT + """
            and state = 'claimed' and lease_until < current_timestamp
            order by attempts, due_at, id limit ? for update skip locked
            """;

    /**
     * In the order of the index, so that it does not matter how much waits. Who is being asked about at this moment is passed over:
     * what waits about the same subject is answered by one look afterwards.
     */
    private static final String OLDEST = """
            select id from auspex_work asked where state = 'waiting' and kind = ? and model_name = ?
                and due_at <= current_timestamp
                and not exists (
                    select 1 from auspex_work busy
                    where busy.subject = asked.subject and busy.model_name = asked.model_name and busy.state = 'claimed'
                        and busy.kind = asked.kind and busy.lease_until >= current_timestamp)
            order by state, kind, model_name, due_at, id limit ? offset ?
            """;

    /** H2 locks every row that fits before it hands out a few, so only few may fit. */
    private static final String STILL_WAITING = SELECT + """
            and state = 'waiting' and id in (%s) order by due_at, id for update skip locked
            """;

    /** What waits for more evidence has it: it is read now. What waits after a failure goes on waiting. */
    private static final String ABOUT_THE_SAME = SELECT + """
            and state = 'waiting' and attempts = 0 and subject in (%s)
            order by due_at, id for update skip locked
            """;

    private static final String CLAIM = """
            update auspex_work set state = 'claimed', claims = ?, attempts = ?, owner = ?,
                lease_until = current_timestamp + cast(? as double precision) * interval '1' second,
                claimed_at = case when kind = 'REVIEW' then claimed_at else current_timestamp end
            where id = ?
            """;

    private static final String STILL_OURS = " where id = ? and state = 'claimed' and claims = ?";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final WorkSettings settings;
    private final String owner;

    /**
     * @param owner the name of this server, to look at
     */
    Claims(JdbcTemplate jdbc, TransactionTemplate transaction, WorkSettings settings, String owner) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.settings = settings;
        this.owner = owner;
    }

    /**
     * Takes due work of one kind and model, oldest first, and whatever else waits to be asked about the same subjects.
     * What a server left behind comes before all.
     *
     * @param modelName name without version; empty for all kinds but {@code PREDICT}
     */
    List<Work> claim(Question.Kind kind, String modelName) {
        var claimed = claimNow(kind, modelName);
        if (claimed.isEmpty()) {
            return claimed;
        }
        // Asked after the claim is committed: whatever it saw was stored by then, and evidence is read later still.
        var now = Objects.requireNonNull(jdbc.queryForObject("select current_timestamp", Timestamp.class))
                .toInstant();
        return claimed.stream().map(work -> work.claimedAt(now)).toList();
    }

    private List<Work> claimNow(Question.Kind kind, String modelName) {
        return inTransaction(() -> {
            var taken = taken(leftBehind(kind, modelName));
            if (taken.isEmpty()) {
                taken = taken(due(kind, modelName));
            }
            if (taken.isEmpty() || kind != Question.Kind.PREDICT) {
                return taken;
            }
            var subjects = taken.stream()
                    .map(work -> work.subject().reference())
                    .distinct()
                    .toList();
            var more = find(ABOUT_THE_SAME.formatted(places(subjects)), kind, modelName, subjects.toArray());
            return Stream.concat(taken.stream(), taken(more).stream()).toList();
        });
    }

    private List<Work> leftBehind(Question.Kind kind, String modelName) {
        var company = new ArrayList<Work>();
        for (var work : find(LEFT_BEHIND, kind, modelName, settings.batch())) {
            if (company.size() >= settings.company(work.attempt())) {
                break;
            }
            company.add(work);
        }
        return company;
    }

    /** What others take at this moment is passed over. */
    private List<Work> due(Question.Kind kind, String modelName) {
        for (int passed = 0; ; passed += settings.batch()) {
            var oldest = jdbc.queryForList(OLDEST, Long.class, kind.name(), modelName, settings.batch(), passed);
            if (oldest.isEmpty()) {
                return List.of();
            }
            var works = find(STILL_WAITING.formatted(places(oldest)), kind, modelName, oldest.toArray());
            if (!works.isEmpty()) {
                return works;
            }
        }
    }

    private static String places(List<?> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }

    private List<Work> find(String query, Question.Kind kind, String modelName, Object... more) {
        var values = Stream.concat(Stream.of(kind.name(), modelName), Stream.of(more));
        return jdbc.query(query, (row, n) -> work(row), values.toArray());
    }

    private List<Work> taken(List<Work> works) {
        jdbc.batchUpdate(
                CLAIM,
                works.stream()
                        .map(work ->
                                new Object[] {work.claim(), work.attempt(), owner, seconds(settings.lease()), work.id()
                                })
                        .toList());
        return works;
    }

    /** A sign of life: the lease begins anew. False if the work is another's by now, or ended. */
    boolean keep(Work work) {
        return jdbc.update(
                        "update auspex_work set lease_until ="
                                + " current_timestamp + cast(? as double precision) * interval '1' second" + STILL_OURS,
                        seconds(settings.lease()),
                        work.id(),
                        work.claim())
                == 1;
    }

    /**
     * Records how work ended, in the transaction that is under way if there is one.
     *
     * @param state {@code done}, {@code abstained} or {@code failed}
     * @return what was still ours
     */
    List<Work> end(List<Work> works, String state, Optional<String> reason, Optional<String> result) {
        return works.stream()
                .filter(work -> jdbc.update(
                                "update auspex_work set state = ?, reason = ?, result = ?, lease_until = null"
                                        + STILL_OURS,
                                state,
                                reason.map(Claims::fitting).orElse(null),
                                result.orElse(null),
                                work.id(),
                                work.claim())
                        == 1)
                .toList();
    }

    /** Notes which Task shows an operator that work failed. */
    void show(List<Work> works, String task) {
        works.forEach(work -> jdbc.update("update auspex_work set task = ? where id = ?", task, work.id()));
    }

    /** Puts work back for another attempt. */
    void retry(List<Work> works, Duration wait, String reason) {
        putBack(works, 0, wait, reason);
    }

    /** Puts back work that could not even be tried, so that no attempt is counted. */
    void postpone(List<Work> works, Duration wait, String reason) {
        putBack(works, 1, wait, reason);
    }

    private void putBack(List<Work> works, int uncounted, Duration wait, String reason) {
        works.forEach(work -> jdbc.update(
                "update auspex_work set state = 'waiting', attempts = ?, reason = ?, lease_until = null,"
                        + " due_at = current_timestamp + cast(? as double precision) * interval '1' second"
                        + STILL_OURS,
                work.attempt() - uncounted,
                fitting(reason),
                seconds(wait),
                work.id(),
                work.claim()));
    }

    /**
     * Whether predictions are under way that may have read the record before this review was first begun. Their results
     * may come after it.
     */
    boolean isOvertaking(Work review) {
        jdbc.update(
                "update auspex_work set claimed_at = coalesce(claimed_at, current_timestamp) where id = ?",
                review.id());
        return !jdbc.queryForList("""
                        select id from auspex_work where kind in ('PREDICT', 'URGENT', 'ROUTINE') and state = 'claimed'
                            and claimed_at <= (select claimed_at from auspex_work where id = ?) limit 1
                        """, Long.class, review.id()).isEmpty();
    }

    /** Models, by name, that have questions due for so long that no server can be serving them. */
    List<String> unserved() {
        return jdbc.queryForList("""
                select distinct model_name from auspex_work asked
                where kind = 'PREDICT' and state in ('waiting', 'claimed')
                    and due_at < current_timestamp - cast(? as double precision) * interval '1' second
                    and not exists (
                        select 1 from auspex_work claimed where claimed.model_name = asked.model_name
                            and claimed.claimed_at
                                > current_timestamp - cast(? as double precision) * interval '1' second)
                """, String.class, seconds(settings.unserved()), seconds(settings.unserved()));
    }

    <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    private static Work work(ResultSet row) throws SQLException {
        return new Work(
                row.getLong("id"),
                row.getInt("claim"),
                row.getString("model"),
                new Subject(row.getString("subject"), row.getString("patient")),
                row.getString("cause"),
                row.getInt("attempt"),
                Optional.ofNullable(row.getObject("partition_id", Integer.class)),
                Optional.ofNullable(row.getString("task")),
                row.getTimestamp("claimed_at").toInstant());
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String fitting(String reason) {
        return reason.length() > 2000 ? reason.substring(0, 2000) : reason;
    }
}
