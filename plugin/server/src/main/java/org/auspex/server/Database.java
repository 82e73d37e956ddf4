package org.auspex.server;

import ca.uhn.fhir.jpa.migrate.DriverTypeEnum;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import java.sql.DatabaseMetaData;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.hibernate.dialect.Dialect;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * The databases we run on. Asked of the connection itself, so that whoever sets {@code spring.datasource.url} need not
 * know that HAPI has dialects of its own.
 */
enum Database {
    H2("H2", HapiFhirH2Dialect.class, DriverTypeEnum.H2_EMBEDDED),
    POSTGRESQL("PostgreSQL", HapiFhirPostgresDialect.class, DriverTypeEnum.POSTGRES_9_4);

    private final String productName;
    private final Class<? extends Dialect> dialect;
    private final DriverTypeEnum migrations;

    Database(String productName, Class<? extends Dialect> dialect, DriverTypeEnum migrations) {
        this.productName = productName;
        this.dialect = dialect;
        this.migrations = migrations;
    }

    static Database of(DataSource dataSource) {
        String product = productBehind(dataSource);
        return Arrays.stream(values())
                .filter(database -> database.productName.equals(product))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The server does not run on the database '%s'. Point spring.datasource.url at one of: %s."
                                .formatted(product, supported())));
    }

    String dialect() {
        return dialect.getName();
    }

    DriverTypeEnum migrations() {
        return migrations;
    }

    private static String productBehind(DataSource dataSource) {
        try {
            return JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getDatabaseProductName);
        } catch (MetaDataAccessException unreachable) {
            throw new IllegalStateException(
                    "The database cannot be reached. Check spring.datasource.url, username and password, and that no"
                            + " other server has the H2 file open.",
                    unreachable);
        }
    }

    private static String supported() {
        return Arrays.stream(values()).map(database -> database.productName).collect(Collectors.joining(", "));
    }
}
