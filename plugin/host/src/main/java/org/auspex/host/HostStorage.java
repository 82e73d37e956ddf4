package org.auspex.host;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.IDaoRegistry;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.r5.JpaR5Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.config.util.ResourceCountCacheUtil;
import ca.uhn.fhir.jpa.dao.FulltextSearchSvcImpl;
import ca.uhn.fhir.jpa.dao.IFulltextSearchSvc;
import ca.uhn.fhir.jpa.dao.search.HSearchSortHelperImpl;
import ca.uhn.fhir.jpa.dao.search.IHSearchSortHelper;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.provider.DaoRegistryResourceSupportedSvc;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.search.IStaleSearchDeletingSvc;
import ca.uhn.fhir.jpa.search.StaleSearchDeletingSvcImpl;
import ca.uhn.fhir.jpa.subscription.match.deliver.email.IEmailSender;
import ca.uhn.fhir.jpa.topic.SubscriptionTopicConfig;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.search.mapper.orm.cfg.HibernateOrmMapperSettings;
import org.hl7.fhir.dstu2.model.Subscription.SubscriptionChannelType;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.orm.jpa.JpaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/** As the starter's StarterJpaConfig and FhirServerConfigCommon, with its defaults. */
@Configuration
@ComponentScan("${hapi.fhir.custom-bean-packages:}")
@Import(ThreadPoolFactoryConfig.class)
class HostStorage {

    /** A server of version R4. */
    @Configuration
    @ConditionalOnProperty(name = "hapi.fhir.fhir_version", havingValue = "R4")
    @Import(JpaR4Config.class)
    static class R4 {}

    /** Topic subscriptions on R4, which HAPI has and the starter does not switch on by itself. */
    @Configuration
    @ConditionalOnProperty("host.topics")
    @Import(SubscriptionTopicConfig.class)
    static class Topics {}

    /** A server of version R5. */
    @Configuration
    @ConditionalOnProperty(name = "hapi.fhir.fhir_version", havingValue = "R5")
    @Import({JpaR5Config.class, SubscriptionTopicConfig.class})
    static class R5 {}

    @Bean
    IFulltextSearchSvc fullTextSearchSvc() {
        return new FulltextSearchSvcImpl();
    }

    @Bean
    IStaleSearchDeletingSvc staleSearchDeletingSvc() {
        return new StaleSearchDeletingSvcImpl();
    }

    @Bean
    DatabaseBackedPagingProvider databaseBackedPagingProvider() {
        return new DatabaseBackedPagingProvider();
    }

    @Bean
    IResourceSupportedSvc resourceSupportedSvc(IDaoRegistry daos) {
        return new DaoRegistryResourceSupportedSvc(daos);
    }

    @Bean("myResourceCountsCache")
    ResourceCountCache resourceCountsCache(IFhirSystemDao<?, ?> system) {
        return ResourceCountCacheUtil.newResourceCountCache(system);
    }

    @Primary
    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(
            JpaProperties properties,
            DataSource dataSource,
            ConfigurableListableBeanFactory beans,
            FhirContext fhir,
            JpaStorageSettings settings) {
        var factory = HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhir, settings);
        var hibernate = properties.getProperties();
        hibernate.putIfAbsent(AvailableSettings.HBM2DDL_AUTO, "update");
        hibernate.putIfAbsent(HibernateOrmMapperSettings.ENABLED, "false");
        factory.setPersistenceUnitName("HAPI_PU");
        factory.setJpaPropertyMap(hibernate);
        factory.setDataSource(dataSource);
        return factory;
    }

    @Bean
    @Primary
    JpaTransactionManager transactionManager(EntityManagerFactory entityManagerFactory) {
        return new JpaTransactionManager(entityManagerFactory);
    }

    @Bean
    IHSearchSortHelper hSearchSortHelper(ISearchParamRegistry parameters) {
        return new HSearchSortHelperImpl(parameters);
    }

    @Bean
    JpaStorageSettings jpaStorageSettings() {
        return new JpaStorageSettings();
    }

    @Bean
    SubscriptionSettings subscriptionSettings(
            @Value("${hapi.fhir.subscription.resthook_enabled:false}") boolean restHook) {
        var settings = new SubscriptionSettings();
        if (restHook) {
            settings.addSupportedSubscriptionType(SubscriptionChannelType.RESTHOOK);
        }
        return settings;
    }

    /** HAPI's subscriptions ask for one although nobody sends. */
    @Bean
    IEmailSender emailSender() {
        return email -> {
            throw new UnsupportedOperationException("This host sends no email");
        };
    }

    @Bean
    PartitionSettings partitionSettings(@Value("${hapi.fhir.partitioning.default_partition_id:}") String defaultId) {
        var settings = new PartitionSettings();
        if (!defaultId.isEmpty()) {
            settings.setPartitioningEnabled(true);
            settings.setDefaultPartitionId(Integer.valueOf(defaultId));
            settings.setAllowReferencesAcrossPartitions(PartitionSettings.CrossPartitionReferenceMode.NOT_ALLOWED);
        }
        return settings;
    }
}
