package org.auspex.autoconfigure;

import ca.uhn.fhir.context.FhirContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** A HAPI FHIR JPA server of another FHIR version goes on without Auspex, and says so once. */
@ConditionalOnBean(type = "ca.uhn.fhir.jpa.api.dao.DaoRegistry")
@ConditionalOnMissingBean(name = AuspexStaysOut.R4)
public class AuspexStaysOut {

    /** The name that HAPI gives its system DAO on an R4 server, and only there. */
    static final String R4 = "mySystemDaoR4";

    private static final Logger LOG = LoggerFactory.getLogger(AuspexStaysOut.class);

    @Bean
    SmartInitializingSingleton auspexStaysOutNotice(FhirContext fhir) {
        return () -> LOG.warn(
                "Auspex stays out: it needs a FHIR R4 server, and this one speaks {}. The server goes on without it.",
                fhir.getVersion().getVersion());
    }
}
