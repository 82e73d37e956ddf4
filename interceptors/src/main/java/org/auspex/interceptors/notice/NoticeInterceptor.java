package org.auspex.interceptors.notice;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;

/** HAPI's storage hooks, within the transaction of the write. Belongs on the JPA interceptor registry only. */
@Interceptor
public final class NoticeInterceptor {

    private final Noticing noticing;

    public NoticeInterceptor(Noticing noticing) {
        this.noticing = noticing;
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource) {
        noticing.created((Resource) resource);
    }

    /** Changes of tags alone are reported as updates of the same version, and say nothing new. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource after) {
        if (!Noticing.version((Resource) before).equals(Noticing.version((Resource) after))) {
            noticing.updated((Resource) after);
        }
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
    public void deleted(IBaseResource resource) {
        noticing.deleted((Resource) resource);
    }
}
