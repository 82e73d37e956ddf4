package org.auspex.benchmarks.kills;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** A database that survives the processes that use it. */
public interface TriedDatabase extends AutoCloseable {

    /** Kinds of database, as on the command line. */
    enum Kind {
        h2,
        postgresql
    }

    String url();

    String user();

    @Override
    void close();

    /** With these a server uses it. */
    default List<String> settings() {
        return List.of(
                "--spring.datasource.url=" + url(),
                "--spring.datasource.username=" + user(),
                "--spring.datasource.password=");
    }

    static TriedDatabase of(Kind kind, Path folder) {
        return kind == Kind.h2 ? new H2File(folder) : new Postgres(folder);
    }

    /** To look at it from outside, while nobody has an H2 file open. */
    default JdbcTemplate look() {
        try {
            return new JdbcTemplate(new SimpleDriverDataSource(DriverManager.getDriver(url()), url(), user(), ""));
        } catch (SQLException e) {
            throw new IllegalStateException("There is no driver for " + url(), e);
        }
    }

    /** With the settings that the server has. */
    record H2File(Path folder) implements TriedDatabase {

        @Override
        public String url() {
            return "jdbc:h2:async:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;OPTIMIZE_REUSE_RESULTS=0"
                    .formatted(folder.toAbsolutePath().resolve("tried"));
        }

        @Override
        public String user() {
            return "sa";
        }

        @Override
        public void close() {
            // The file stays, to be looked at.
        }
    }

    /** A real PostgreSQL, which can be stopped and started again on its files. */
    final class Postgres implements TriedDatabase {

        private final Path folder;
        private final int port;
        private EmbeddedPostgres server;

        Postgres(Path folder) {
            this.folder = folder.resolve("postgres");
            this.port = freePort();
            this.server = launch();
        }

        /** Sessions of a process that sleeps in a transaction end with its lease, and so do the locks that they hold. */
        @Override
        public String url() {
            return "jdbc:postgresql://localhost:%d/postgres?options=-c%%20idle_in_transaction_session_timeout=%d"
                    .formatted(port, Node.LEASE.toMillis());
        }

        @Override
        public String user() {
            return "postgres";
        }

        void start() {
            server = launch();
        }

        @Override
        public void close() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL does not stop", e);
            }
        }

        private EmbeddedPostgres launch() {
            try {
                return EmbeddedPostgres.builder()
                        .setPort(port)
                        .setDataDirectory(folder)
                        .setCleanDataDirectory(false)
                        .setPGStartupWait(Duration.ofMinutes(1))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL does not start", e);
            }
        }

        private static int freePort() {
            try (var socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The columns of a table that both databases print alike. */
    static List<String> states(JdbcTemplate jdbc) {
        return jdbc.queryForList(
                "select state || ' ' || count(*) from auspex_work group by state order by state", String.class);
    }
}
