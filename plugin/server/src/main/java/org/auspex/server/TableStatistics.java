package org.auspex.server;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What H2 knows about the values in its tables, by which it chooses between indexes. By itself it looks again only when a table
 * has changed 2,000 times, then 4,000 times and so on; until then it takes every second value for a new one, and looks up the
 * Observations of some patients among those of everybody (64 patients of 100 with 5,000 Observations: 6.8 s, afterwards 0.09 s).
 */
final class TableStatistics implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TableStatistics.class);
    private static final long SECONDS = 10;

    private final DataSource database;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "auspex-table-statistics");
        thread.setDaemon(true);
        return thread;
    });

    TableStatistics(DataSource database) {
        this.database = database;
    }

    /** Looks now, and every ten seconds from now on. It takes some milliseconds. */
    void keepFresh() {
        timer.scheduleWithFixedDelay(this::lookAgain, 0, SECONDS, TimeUnit.SECONDS);
    }

    private void lookAgain() {
        try {
            refresh();
        } catch (SQLException e) {
            LOG.warn("The statistics of H2's tables could not be brought up to date; it is tried again soon", e);
        }
    }

    void refresh() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("analyze sample_size 1000");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
