package org.auspex.worklist;

import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database that holds the worklist's tables and no rows, and whose time can be made to pass. */
record EmptyDatabase(DataSource source) {

    /** H2 in memory. */
    static EmptyDatabase create() {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return on(h2);
    }

    static EmptyDatabase on(DataSource source) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:org/auspex/worklist/migrations")
                .table("auspex_schema_history")
                .load()
                .migrate();
        var database = new EmptyDatabase(source);
        database.jdbc().execute("delete from auspex_work");
        database.jdbc().execute("delete from auspex_watermark");
        return database;
    }

    JdbcTemplate jdbc() {
        return new JdbcTemplate(source);
    }

    /** No test waits: what lies in the future is moved nearer, and what is past further away. */
    void pass(Duration time) {
        for (var column : new String[] {"created_at", "due_at", "lease_until", "claimed_at"}) {
            jdbc().update(
                            "update auspex_work set %1$s = %1$s - cast(? as double precision) * interval '1' second"
                                    .formatted(column),
                            Claims.seconds(time));
        }
    }
}
