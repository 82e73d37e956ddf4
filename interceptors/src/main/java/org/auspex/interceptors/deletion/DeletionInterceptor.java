package org.auspex.interceptors.deletion;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.model.DeleteConflictList;
import org.auspex.store.OwnResources;

/** Takes references from what Auspex wrote out of the reasons not to delete a clinical resource. */
@Interceptor
public final class DeletionInterceptor {

    private final OwnResources own;

    public DeletionInterceptor(OwnResources own) {
        this.own = own;
    }

    @Hook(value = Pointcut.STORAGE_PRESTORAGE_DELETE_CONFLICTS, order = -100)
    public void conflicts(DeleteConflictList conflicts) {
        conflicts.removeIf(conflict -> own.isOurs(
                conflict.getSourceId().getResourceType(), conflict.getSourceId().getIdPart()));
    }
}
