package org.auspex.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The contract on H2. */
class WorklistTest extends WorklistContract {

    @Override
    EmptyDatabase database() {
        return EmptyDatabase.create();
    }

    @Test
    void offersNothingWithoutTouchingTheDatabase() {
        var database = database();
        database.jdbc().execute("drop table auspex_work");
        var worklist = new Worklist(database.source(), new DataSourceTransactionManager(database.source()));

        assertThat(worklist.offer(List.of())).isTrue();
    }
}
