package org.auspex.server;

import ca.uhn.fhir.jpa.api.IDaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.config.util.ResourceCountCacheUtil;
import ca.uhn.fhir.jpa.provider.DaoRegistryResourceSupportedSvc;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.search.IStaleSearchDeletingSvc;
import ca.uhn.fhir.jpa.search.StaleSearchDeletingSvcImpl;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What HAPI's search expects of its host: pages, their clean-up, and what may be counted and searched.
 *
 * <p>HAPI's own {@code HapiJpaConfig} is not imported for these, since it also declares a full-text service. With one
 * present but no Lucene index behind it, {@code ValueSet/$expand} answers 500; without one HAPI expands from SQL.
 */
@Configuration(proxyBeanMethods = false)
class FhirSearch {

    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 200;

    @Bean
    DatabaseBackedPagingProvider pagingProvider() {
        DatabaseBackedPagingProvider paging = new DatabaseBackedPagingProvider();
        paging.setDefaultPageSize(PAGE);
        paging.setMaximumPageSize(LARGEST_PAGE);
        return paging;
    }

    @Bean
    IStaleSearchDeletingSvc staleSearchDeleting() {
        return new StaleSearchDeletingSvcImpl();
    }

    @Bean
    IResourceSupportedSvc resourceSupported(IDaoRegistry daos) {
        return new DaoRegistryResourceSupportedSvc(daos);
    }

    /** HAPI asks for this bean by its name. */
    @Bean("myResourceCountsCache")
    ResourceCountCache resourceCounts(IFhirSystemDao<?, ?> system) {
        return ResourceCountCacheUtil.newResourceCountCache(system);
    }
}
