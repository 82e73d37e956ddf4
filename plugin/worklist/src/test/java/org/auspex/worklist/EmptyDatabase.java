package org.auspex.worklist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** An H2 database in memory that holds the worklist's tables and no rows. */
final class EmptyDatabase {

    private EmptyDatabase() {}

    static DataSource create() {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        for (var migration : List.of("V1__worklist.sql", "V3__model_name.sql")) {
            try (var sql = Optional.ofNullable(Worklist.class.getResourceAsStream("migrations/" + migration))
                    .orElseThrow()) {
                new JdbcTemplate(h2).execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return h2;
    }
}
