package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** H2 chooses between indexes by what it knows about values. */
class TableStatisticsTest {

    @Test
    void knowsThatAllRowsHaveTheSameHashAlthoughFewRowsHaveChanged() throws Exception {
        var database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:statistics;DB_CLOSE_DELAY=-1");
        var jdbc = new JdbcTemplate(database);
        jdbc.execute("create table dates (id int primary key, hash bigint)");
        jdbc.execute("insert into dates select x, 7 from system_range(1, 500)");
        try (var statistics = new TableStatistics(database)) {

            statistics.refresh();
        }

        assertThat(jdbc.queryForList(
                        "select selectivity from information_schema.columns where table_name = 'DATES' order by column_name",
                        Integer.class))
                .containsExactly(1, 100);
    }
}
