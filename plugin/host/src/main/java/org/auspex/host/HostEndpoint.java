package org.auspex.host;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.partition.PartitionManagementProvider;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.LoggingInterceptor;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationInterceptor;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRule;
import ca.uhn.fhir.rest.server.interceptor.auth.RuleBuilder;
import ca.uhn.fhir.rest.server.interceptor.partition.RequestTenantPartitionInterceptor;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.tenant.UrlBaseTenantIdentificationStrategy;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** As the starter's RestfulServer, with an interceptor registry that is not the JPA one, and its two keys for classes. */
@Configuration
class HostEndpoint {

    /** Whoever says so of himself may do nothing. */
    private static final String NOBODY = "Bearer nobody";

    @Bean
    RestfulServer restfulServer(
            IFhirSystemDao<?, ?> system,
            IJpaSystemProvider systemProvider,
            ResourceProviderFactory resources,
            JpaStorageSettings settings,
            ISearchParamRegistry parameters,
            IValidationSupport validation,
            DatabaseBackedPagingProvider paging,
            ValueSetOperationProvider valueSets,
            ApplicationContext beans,
            @Value("${hapi.fhir.custom-interceptor-classes:}") List<String> interceptors,
            @Value("${hapi.fhir.custom-provider-classes:}") List<String> providers) {
        var server = new RestfulServer(system.getContext());
        server.registerProviders(resources.createProviders());
        server.registerProvider(systemProvider);
        server.setServerConformanceProvider(
                new JpaCapabilityStatementProvider(server, system, settings, parameters, validation));
        server.setPagingProvider(paging);
        server.registerInterceptor(new LoggingInterceptor());
        server.registerInterceptor(new AuthorizationInterceptor() {
            @Override
            public List<IAuthRule> buildRuleList(RequestDetails request) {
                var rules = new RuleBuilder();
                return NOBODY.equals(request.getHeader("Authorization"))
                        ? rules.denyAll("nobody may do anything").build()
                        : rules.allowAll().build();
            }
        });
        server.registerProvider(valueSets);
        register(interceptors, beans, server::registerInterceptor);
        register(providers, beans, server::registerProvider);
        return server;
    }

    /** As the starter's PartitionModeConfigurer in its default mode. */
    @Bean
    Object partitionMode(RestfulServer server, PartitionSettings settings, PartitionManagementProvider management) {
        if (settings.isPartitioningEnabled()) {
            var tenants = new RequestTenantPartitionInterceptor();
            tenants.setPartitionSettings(settings);
            server.registerInterceptor(tenants);
            server.setTenantIdentificationStrategy(new UrlBaseTenantIdentificationStrategy());
            server.registerProvider(management);
        }
        return settings.isPartitioningEnabled();
    }

    /** The starter's own way: a bean of the class if there is one, else a new object; a class that is missing stops it. */
    private static void register(List<String> classes, ApplicationContext beans, Consumer<Object> registry) {
        for (var name : classes) {
            try {
                registry.accept(instance(Class.forName(name), beans));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Unable to register " + name, e);
            }
        }
    }

    private static Object instance(Class<?> type, ApplicationContext beans) throws ReflectiveOperationException {
        try {
            return beans.getBean(type);
        } catch (NoSuchBeanDefinitionException none) {
            return type.getConstructor().newInstance();
        }
    }
}
