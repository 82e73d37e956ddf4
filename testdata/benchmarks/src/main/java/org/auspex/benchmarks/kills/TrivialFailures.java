package org.auspex.benchmarks.kills;

import java.util.Optional;
import org.auspex.kernel.FailureReports;
import org.springframework.jdbc.core.JdbcTemplate;

/** Shows failures as rows, where the server has Tasks. */
final class TrivialFailures implements FailureReports {

    private final JdbcTemplate jdbc;

    TrivialFailures(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String report(Failure failure, Optional<String> before) {
        if (before.isPresent()) {
            jdbc.update("update trivial_failure set status = 'failed' where id = ?", id(before.get()));
            return before.get();
        }
        jdbc.update("insert into trivial_failure (work, status) values (?, 'failed')", failure.cause());
        return "Task/"
                + jdbc.queryForObject(
                        "select max(id) from trivial_failure where work = ?", Long.class, failure.cause());
    }

    @Override
    public void answered(String report, String outcome) {
        jdbc.update("update trivial_failure set status = 'completed' where id = ?", id(report));
    }

    private static long id(String report) {
        return Long.parseLong(report.substring("Task/".length()));
    }
}
