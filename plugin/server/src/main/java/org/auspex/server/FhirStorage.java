package org.auspex.server;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.query.sqm.mutation.internal.temptable.GlobalTemporaryTableStrategy;
import org.hibernate.search.mapper.orm.cfg.HibernateOrmMapperSettings;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * HAPI's storage of FHIR resources, on whichever database the data source leads to.
 *
 * <p>The subscription channels are imported although no subscription type is switched on: HAPI's batch jobs, and with
 * them {@code $reindex}, send their work through the same broker.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    JpaR4Config.class,
    ThreadPoolFactoryConfig.class,
    JpaBatch2Config.class,
    Batch2JobsConfig.class,
    SubscriptionChannelConfig.class
})
class FhirStorage {

    /** HAPI's defaults, which refuse dangling references and hold back deletes, but for two. */
    @Bean
    JpaStorageSettings storageSettings() {
        JpaStorageSettings settings = new JpaStorageSettings();
        // A client that polls for a prediction must see it once it is stored, not when a cached search expires.
        settings.setReuseCachedSearchResultsForMillis(null);
        settings.setAllowMultipleDelete(true);
        // Auspex decides membership itself; HAPI would expand every ValueSet into its tables in the background.
        settings.setPreExpandValueSets(false);
        return settings;
    }

    @Bean
    PartitionSettings partitionSettings() {
        return new PartitionSettings();
    }

    @Bean
    SubscriptionSettings subscriptionSettings() {
        return new SubscriptionSettings();
    }

    @Bean
    FhirSchema fhirSchema(DataSource dataSource) {
        return new FhirSchema(dataSource, Database.of(dataSource));
    }

    /** For tables that are there; PostgreSQL looks after its statistics itself. */
    @Bean
    @DependsOn("entityManagerFactory")
    TableStatistics tableStatistics(FhirSchema schema) {
        var statistics = new TableStatistics(schema.dataSource());
        if (schema.database() == Database.H2) {
            statistics.keepFresh();
        }
        return statistics;
    }

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(
            ConfigurableListableBeanFactory beans,
            FhirContext context,
            JpaStorageSettings settings,
            FhirSchema schema) {
        schema.bringUpToDate();
        LocalContainerEntityManagerFactoryBean factory =
                HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, context, settings);
        factory.setPersistenceUnitName("fhir");
        factory.setDataSource(schema.dataSource());
        factory.setJpaPropertyMap(hibernate(schema.database()));
        return factory;
    }

    /** Plain JDBC on the same data source takes part in its transactions, so a queued row and a resource commit as one. */
    @Bean
    JpaTransactionManager transactionManager(EntityManagerFactory entityManagerFactory) {
        return new JpaTransactionManager(entityManagerFactory);
    }

    private static Map<String, Object> hibernate(Database database) {
        return Map.of(
                AvailableSettings.DIALECT, database.dialect(),
                AvailableSettings.HBM2DDL_AUTO, "none",
                // On H2 Hibernate would make a temporary twin of every table at each start, for bulk statements over
                // several tables, which HAPI has none of; four of them fail on doubled columns.
                GlobalTemporaryTableStrategy.CREATE_ID_TABLES, "false",
                HibernateOrmMapperSettings.ENABLED, "false");
    }
}
