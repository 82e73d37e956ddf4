package org.auspex.store;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.List;
import java.util.Optional;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;

/** The few things Auspex does with HAPI's DAOs. Within a transaction, all of them take part in it. */
final class FhirStore {

    private final DaoRegistry daos;

    FhirStore(DaoRegistry daos) {
        this.daos = daos;
    }

    /** All resources that a search finds, in one query and without a cache. */
    @SuppressWarnings("unchecked") // a DAO named by resource type finds that type
    List<Resource> search(String type, SearchParameterMap parameters) {
        parameters.setLoadSynchronous(true);
        return ((IFhirResourceDao<Resource>) daos.getResourceDao(type))
                .searchForResources(parameters, new SystemRequestDetails());
    }

    /** The current version; empty if there never was one or it was deleted. */
    Optional<Resource> find(String type, String id) {
        return search(type, new SearchParameterMap("_id", new TokenParam(id))).stream()
                .findFirst();
    }

    <T extends Resource> Optional<T> find(Class<T> type, String id) {
        return find(type.getSimpleName(), id).map(type::cast);
    }

    /** Stores a new resource and gives it the id and version it got. */
    <T extends Resource> T create(T resource) {
        var outcome = dao(resource).create(resource, new SystemRequestDetails());
        resource.setId(outcome.getId());
        return resource;
    }

    /** Stores a new version, or a new resource under the id it has. */
    <T extends Resource> T update(T resource) {
        var outcome = dao(resource).update(resource, new SystemRequestDetails());
        resource.setId(outcome.getId());
        return resource;
    }

    /** Takes the tag {@code current} away, which an update would keep. */
    void removeCurrent(String type, String id) {
        var meta = new Meta();
        meta.addTag().setSystem(Systems.STATE).setCode(Systems.CURRENT);
        daos.getResourceDao(type).metaDeleteOperation(new IdType(type, id), meta, new SystemRequestDetails());
    }

    void addCurrent(String type, String id) {
        var meta = new Meta();
        meta.addTag().setSystem(Systems.STATE).setCode(Systems.CURRENT);
        daos.getResourceDao(type).metaAddOperation(new IdType(type, id), meta, new SystemRequestDetails());
    }

    @SuppressWarnings("unchecked") // the DAO of a resource's class stores that class
    private <T extends Resource> IFhirResourceDao<T> dao(T resource) {
        return daos.getResourceDao((Class<T>) resource.getClass());
    }
}
