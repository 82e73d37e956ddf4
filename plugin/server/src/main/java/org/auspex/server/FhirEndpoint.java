package org.auspex.server;

import ca.uhn.fhir.batch2.jobs.bulkmodify.reindex.ReindexProvider;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The FHIR REST interface at {@code /fhir}.
 *
 * <p>The servlet is initialised when the web server starts, after every singleton exists: whoever registers providers
 * or interceptors on the {@link RestfulServer} while being created is in time for the CapabilityStatement.
 */
@Configuration(proxyBeanMethods = false)
class FhirEndpoint {

    /**
     * The JPA interceptor service is deliberately not shared with this server: HAPI calls both registries for a storage
     * hook, and a shared one would run each hook twice.
     */
    @Bean
    RestfulServer fhirServer(
            FhirContext context,
            ResourceProviderFactory resources,
            JpaSystemProvider<?, ?> system,
            DatabaseBackedPagingProvider paging) {
        RestfulServer server = new RestfulServer(context);
        server.setServerName("Auspex");
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        server.setPagingProvider(paging);
        server.registerProviders(resources.createProviders());
        server.registerProvider(system);
        server.registerInterceptor(new RequestLog());
        return server;
    }

    @Bean
    JpaCapabilityStatementProvider capabilityStatement(
            RestfulServer server,
            IFhirSystemDao<?, ?> system,
            JpaStorageSettings settings,
            ISearchParamRegistry searchParameters,
            IValidationSupport validation) {
        JpaCapabilityStatementProvider capabilities =
                new JpaCapabilityStatementProvider(server, system, settings, searchParameters, validation);
        capabilities.setImplementationDescription("Auspex: clinical AI inside the FHIR server");
        return capabilities;
    }

    @Bean
    ServletRegistrationBean<RestfulServer> fhirServlet(
            RestfulServer server,
            JpaCapabilityStatementProvider capabilities,
            ValueSetOperationProvider valueSets,
            ReindexProvider reindex) {
        server.setServerConformanceProvider(capabilities);
        server.registerProviders(valueSets, reindex);
        ServletRegistrationBean<RestfulServer> servlet = new ServletRegistrationBean<>(server, "/fhir/*");
        servlet.setLoadOnStartup(1);
        return servlet;
    }
}
