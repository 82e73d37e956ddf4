package org.auspex.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.watch.Count;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Counts of all servers on this database. Each adds to what the others counted, so that none is lost or counted twice. */
final class WatchTable {

    /** The slot of the first answers of a version. */
    static final Instant FIRST = Instant.EPOCH;

    /** So many first answers are kept to compare later ones with. */
    private static final long ENOUGH = 1000;

    private static final String MAKE = """
            insert into auspex_watch_count (model, slot, about, bin, n)
            select ?, cast(? as timestamp with time zone), ?, ?, 0
            where not exists (select 1 from auspex_watch_count where model = ? and slot = ? and about = ? and bin = ?)
            """;

    private static final String ADD =
            "update auspex_watch_count set n = n + ? where model = ? and slot = ? and about = ? and bin = ?";

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate named;

    WatchTable(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
        this.named = new NamedParameterJdbcTemplate(database);
    }

    /**
     * Adds counts, within a transaction. Rows are touched in one order, so that servers wait for each other and never in a circle; if another
     * made the same row at the same moment, it fails as a whole and can be tried again.
     */
    void add(Map<Count, Long> counts, Instant slot) {
        var sorted = new TreeMap<>(counts);
        var full = full(sorted.keySet().stream().map(Count::model).distinct().toList());
        var first = new TreeMap<>(sorted);
        first.keySet()
                .removeIf(count -> full.contains(count.model()) || count.about().startsWith(Count.UNIT));
        write(first, FIRST);
        write(sorted, slot);
    }

    private Set<ModelId> full(List<ModelId> models) {
        var full = new HashSet<ModelId>();
        for (var model : models) {
            var answers = jdbc.queryForObject(
                    "select coalesce(sum(n), 0) from auspex_watch_count where model = ? and slot = ? and about = ?",
                    Long.class,
                    model.toString(),
                    Timestamp.from(FIRST),
                    Count.OUTCOME);
            if (answers != null && answers >= ENOUGH) {
                full.add(model);
            }
        }
        return full;
    }

    private void write(Map<Count, Long> counts, Instant slot) {
        var time = Timestamp.from(slot);
        var make = new ArrayList<Object[]>();
        var add = new ArrayList<Object[]>();
        counts.forEach((count, number) -> {
            var model = count.model().toString();
            make.add(new Object[] {model, time, count.about(), count.bin(), model, time, count.about(), count.bin()});
            add.add(new Object[] {number, model, time, count.about(), count.bin()});
        });
        jdbc.batchUpdate(MAKE, make);
        jdbc.batchUpdate(ADD, add);
    }

    /** By what they are about and by bin, of slots from one to before another. */
    Map<String, Map<String, Long>> counts(ModelId model, Instant from, Instant before) {
        var counts = new LinkedHashMap<String, Map<String, Long>>();
        jdbc.query(
                """
                select about, bin, sum(n) as n from auspex_watch_count
                where model = ? and slot >= ? and slot < ? group by about, bin order by about, bin
                """,
                row -> {
                    counts.computeIfAbsent(row.getString("about"), first -> new LinkedHashMap<>())
                            .put(row.getString("bin"), row.getLong("n"));
                },
                model.toString(),
                Timestamp.from(from),
                Timestamp.from(before));
        return counts;
    }

    /** Patients whom results that were stored in a time were about. */
    long patients(ModelId model, Instant from, Instant before) {
        return Objects.requireNonNullElse(
                jdbc.queryForObject(
                        "select count(distinct patient) from auspex_result where model = ? and created_at >= ? and created_at < ?",
                        Long.class,
                        model.toString(),
                        Timestamp.from(from),
                        Timestamp.from(before)),
                0L);
    }

    /** Those results of ours that stand: a machine has not withdrawn them. */
    Set<String> standing(Collection<String> results) {
        return results.isEmpty()
                ? Set.of()
                : new HashSet<>(named.queryForList(
                        "select result from auspex_result where result in (:results) and state = 'standing'",
                        Map.of("results", results),
                        String.class));
    }

    /** Whether an Observation about a slot was stored. */
    boolean isReported(ModelId model, Instant slot) {
        var rows = jdbc.queryForObject(
                "select count(*) from auspex_watch_report where model = ? and slot = ?",
                Long.class,
                model.toString(),
                Timestamp.from(slot));
        return rows != null && rows > 0;
    }

    /** Takes it upon this server to report about a slot; it fails if another did. */
    void claim(ModelId model, Instant slot) {
        jdbc.update(
                "insert into auspex_watch_report (model, slot) values (?, ?)", model.toString(), Timestamp.from(slot));
    }

    void reported(ModelId model, Instant slot, String observation) {
        jdbc.update(
                "update auspex_watch_report set observation = ? where model = ? and slot = ?",
                observation,
                model.toString(),
                Timestamp.from(slot));
    }

    /** Observations about slots before a time, and forgets their rows. */
    List<String> forget(Instant before, int most) {
        var old = new HashMap<String, Object[]>();
        jdbc.query(
                "select model, slot, observation from auspex_watch_report where slot < ? order by slot",
                row -> {
                    var observation = row.getString("observation");
                    if (observation != null && old.size() < most) {
                        old.put(observation, new Object[] {row.getString("model"), row.getTimestamp("slot")});
                    }
                },
                Timestamp.from(before));
        jdbc.batchUpdate("delete from auspex_watch_report where model = ? and slot = ?", new ArrayList<>(old.values()));
        return List.copyOf(old.keySet());
    }

    /** Forgets counts of slots before a time, but for the first answers. */
    void forgetCounts(Instant before) {
        jdbc.update(
                "delete from auspex_watch_count where slot < ? and slot > ?",
                Timestamp.from(before),
                Timestamp.from(FIRST));
    }
}
