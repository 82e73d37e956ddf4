package org.auspex.worklist;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a real PostgreSQL. */
class PostgresWorklistIT extends WorklistContract {

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    EmptyDatabase database() {
        return EmptyDatabase.on(postgres.getPostgresDatabase());
    }
}
