package org.auspex.store;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import org.hl7.fhir.r4.model.Bundle;

/** Loads transaction Bundles as a client would. */
public final class Intake {

    private final DaoRegistry daos;

    Intake(DaoRegistry daos) {
        this.daos = daos;
    }

    @SuppressWarnings("unchecked") // the system DAO of an R4 server takes R4 Bundles
    public void transaction(Bundle bundle) {
        ((IFhirSystemDao<Bundle, ?>) daos.getSystemDao()).transaction(new SystemRequestDetails(), bundle);
    }
}
