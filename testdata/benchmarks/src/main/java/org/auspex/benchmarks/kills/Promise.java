package org.auspex.benchmarks.kills;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** Counts in the database what must never be: docs/safety.md has the promise in words. */
final class Promise {

    private static final String CAUSE = "'Observation/' || c.id || '/_history/1'";

    /** Each counts breaches; all must be 0 at any time, also while questions are open. */
    private static final Map<String, String> NEVER = ordered(
            "committed versions without a question",
            "select count(*) from chart c where not exists (select 1 from auspex_work w where w.cause = " + CAUSE + ")",
            "questions about what was rolled back",
            "select count(*) from auspex_work w where not exists (select 1 from chart c where w.cause = " + CAUSE + ")",
            "questions answered by a result that is missing",
            """
            select count(*) from auspex_work w where w.state = 'done' and not exists (
                select 1 from trivial_result r where w.result = 'RiskAssessment/' || r.id)
            """,
            "results that answer no question",
            """
            select count(*) from trivial_result r where not exists (
                select 1 from auspex_work w where w.result = 'RiskAssessment/' || r.id)
            """,
            "results written twice",
            "select count(*) - count(distinct identity) from trivial_result",
            "results without evidence",
            """
            select count(*) from trivial_result r where not exists (
                select 1 from trivial_basis b where b.result_id = r.id)
            """,
            "results on evidence that is missing or was rolled back",
            "select count(*) from trivial_basis b where not exists (select 1 from chart c where b.resource = " + CAUSE
                    + ")",
            "failures that nobody sees",
            """
            select count(*) from auspex_work w where w.state = 'failed' and not exists (
                select 1 from trivial_failure f where w.task = 'Task/' || f.id and f.status = 'failed')
            """,
            "abstentions without reasons",
            "select count(*) from auspex_work where state = 'abstained' and reason is null");

    private final JdbcTemplate jdbc;

    Promise(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What is broken, in words; empty if nothing is. */
    String broken(Set<String> acknowledged) {
        var breaches = NEVER.entrySet().stream()
                .filter(never -> count(never.getValue()) != 0)
                .map(never -> count(never.getValue()) + " " + never.getKey())
                .collect(Collectors.toCollection(ArrayList::new));
        var lost = new HashSet<>(acknowledged);
        jdbc.queryForList("select id from chart", String.class).forEach(lost::remove);
        if (!lost.isEmpty()) {
            breaches.add(lost.size() + " acknowledged writes lost");
        }
        return String.join(", ", breaches);
    }

    /**
     * @throws IllegalStateException if anything is broken
     */
    void require(Set<String> acknowledged, String when) {
        var broken = broken(acknowledged);
        if (!broken.isEmpty()) {
            throw new IllegalStateException("The promise is broken %s: %s".formatted(when, broken));
        }
    }

    long open() {
        return in("waiting") + in("claimed");
    }

    long in(String state) {
        return count("select count(*) from auspex_work where state = '%s'".formatted(state));
    }

    private long count(String query) {
        return Objects.requireNonNull(jdbc.queryForObject(query, Long.class));
    }

    private static Map<String, String> ordered(String... namesAndQueries) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndQueries.length; i += 2) {
            map.put(namesAndQueries[i], namesAndQueries[i + 1]);
        }
        return map;
    }
}
