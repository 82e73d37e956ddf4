package org.auspex.server;

import ca.uhn.fhir.jpa.migrate.HapiMigrationStorageSvc;
import ca.uhn.fhir.jpa.migrate.HapiMigrator;
import ca.uhn.fhir.jpa.migrate.MigrationTaskList;
import ca.uhn.fhir.jpa.migrate.SchemaMigrator;
import ca.uhn.fhir.jpa.migrate.dao.HapiMigrationDao;
import ca.uhn.fhir.jpa.migrate.tasks.HapiFhirJpaMigrationTasks;
import ca.uhn.fhir.util.VersionEnum;
import java.util.Set;
import javax.sql.DataSource;

/**
 * HAPI's tables, made and upgraded by HAPI's own migrations. Hibernate's {@code hbm2ddl} would also create them, but it
 * never changes a column nor moves data when a later HAPI needs it, and it reads the whole catalogue at every start.
 */
record FhirSchema(DataSource dataSource, Database database) {

    private static final String HISTORY = SchemaMigrator.HAPI_FHIR_MIGRATION_TABLENAME;

    void bringUpToDate() {
        MigrationTaskList migrations = new HapiFhirJpaMigrationTasks(Set.of()).getAllTasks(VersionEnum.values());
        HapiMigrator migrator = new HapiMigrator(HISTORY, dataSource, database.migrations());
        migrator.createMigrationTableIfRequired();
        // The migrator takes a lock that outlives the process: not taken when there is nothing to do, a kill during an
        // ordinary start cannot leave one behind.
        if (missing(migrations).size() > 0) {
            migrator.addTasks(migrations);
            migrator.migrate();
        }
    }

    private MigrationTaskList missing(MigrationTaskList migrations) {
        return new HapiMigrationStorageSvc(new HapiMigrationDao(dataSource, database.migrations(), HISTORY))
                .diff(migrations);
    }
}
