package org.auspex.store;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.evidence.Medications;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;

/** The few things Auspex does with HAPI's DAOs. Within a transaction, all of them take part in it. */
final class FhirStore {

    private final DaoRegistry daos;
    private final Partitions partitions;

    FhirStore(DaoRegistry daos, Partitions partitions) {
        this.daos = daos;
        this.partitions = partitions;
    }

    /** All resources that a search finds, in one query and without a cache; medicines come with what refers to them. */
    List<Resource> search(String type, SearchParameterMap parameters) {
        return search(type, parameters, partitions.anywhere());
    }

    /** The same, where a client's request may search. */
    List<Resource> search(String type, SearchParameterMap parameters, RequestDetails request) {
        return search(type, parameters, partitions.searched(request, type));
    }

    private List<Resource> search(String type, SearchParameterMap parameters, SystemRequestDetails where) {
        var found = found(type, parameters, where);
        var medicines = type.startsWith("Medication") ? Medications.wanted(found) : List.<String>of();
        if (!medicines.isEmpty()) {
            var byReference = found("Medication", byId(medicines), where).stream()
                    .collect(Collectors.toMap(
                            medicine -> "Medication/" + medicine.getIdElement().getIdPart(), Function.identity()));
            Medications.resolve(found, reference -> Optional.ofNullable(byReference.get(Compartment.plain(reference))));
        }
        return found;
    }

    @SuppressWarnings("unchecked") // a DAO named by resource type finds that type
    private List<Resource> found(String type, SearchParameterMap parameters, SystemRequestDetails where) {
        parameters.setLoadSynchronous(true);
        return ((IFhirResourceDao<Resource>) daos.getResourceDao(type)).searchForResources(parameters, where);
    }

    private static SearchParameterMap byId(List<String> references) {
        var ids = new TokenOrListParam();
        references.forEach(reference -> ids.add(new IdType(reference).getIdPart()));
        return new SearchParameterMap().add("_id", ids);
    }

    /** The current version; empty if there never was one or it was deleted. */
    Optional<Resource> find(String type, String id) {
        return search(type, new SearchParameterMap("_id", new TokenParam(id))).stream()
                .findFirst();
    }

    /** The same, by {@code Type/id}. */
    Optional<Resource> find(String reference) {
        var slash = reference.indexOf('/');
        return find(reference.substring(0, slash), reference.substring(slash + 1));
    }

    /** The same, where a client's request may read. */
    Optional<Resource> find(String reference, RequestDetails request) {
        var slash = reference.indexOf('/');
        var byId = new SearchParameterMap("_id", new TokenParam(reference.substring(slash + 1)));
        return search(reference.substring(0, slash), byId, partitions.asked(request, reference)).stream()
                .findFirst();
    }

    <T extends Resource> Optional<T> find(Class<T> type, String id) {
        return find(type.getSimpleName(), id).map(type::cast);
    }

    /** Those that there are of {@code Type/id} of any types, each by what it was asked for with. */
    Map<String, Resource> findAll(Collection<String> references) {
        var byType = references.stream()
                .map(IdType::new)
                .collect(Collectors.groupingBy(
                        IdType::getResourceType, Collectors.mapping(IdType::getIdPart, Collectors.toList())));
        var found = new HashMap<String, Resource>();
        byType.forEach((type, ids) -> byId(type, ids, partitions.anywhere())
                .forEach(resource ->
                        found.put(type + "/" + resource.getIdElement().getIdPart(), resource)));
        return found;
    }

    /** The same, where a client's request may read. */
    <T extends Resource> Map<String, T> findAll(Class<T> type, Collection<String> ids, RequestDetails request) {
        return findAll(type, ids, partitions.searched(request, type.getSimpleName()));
    }

    private <T extends Resource> Map<String, T> findAll(
            Class<T> type, Collection<String> ids, SystemRequestDetails where) {
        return byId(type.getSimpleName(), ids, where).stream()
                .map(type::cast)
                .collect(Collectors.toMap(found -> found.getIdElement().getIdPart(), Function.identity()));
    }

    private List<Resource> byId(String type, Collection<String> ids, SystemRequestDetails where) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var wanted = new TokenOrListParam();
        ids.forEach(wanted::add);
        return search(type, new SearchParameterMap().add("_id", wanted), where);
    }

    /** One page of what a search finds where a client's request may read, in the order of ids. */
    List<Resource> page(String type, SearchParameterMap search, int from, int size, RequestDetails request) {
        search.setOffset(from);
        search.setCount(size);
        search.setSort(new SortSpec("_id"));
        search.setLoadSynchronous(true);
        return daos
                .getResourceDao(type)
                .search(search, partitions.searched(request, type))
                .getResources(0, size)
                .stream()
                .map(Resource.class::cast)
                .toList();
    }

    /** Whether there are resources of such a type here. */
    boolean has(String type) {
        return daos.isResourceTypeSupported(type);
    }

    boolean isPartitioned() {
        return partitions.settings().isPartitioningEnabled();
    }

    /** Where new resources about a patient belong; the default place if there is no such patient. */
    SystemRequestDetails place(String patient) {
        return partitions.with(() -> find(patient));
    }

    /** Where what belongs to nobody lies. */
    SystemRequestDetails nowhere() {
        return partitions.with(Optional::empty);
    }

    /** Stores a new resource and gives it the id and version it got. */
    <T extends Resource> T create(T resource, SystemRequestDetails place) {
        // From an attempt that was rolled back it may have an id already.
        resource.setId((String) null);
        partitions.localise(daos.getFhirContext(), resource, partitions.suffix(place));
        var outcome = dao(resource).create(resource, place);
        resource.setId(outcome.getId());
        return resource;
    }

    /**
     * Stores many new resources, in one go and in the transaction that is under way, and gives each the id and version it
     * got. HAPI looks up together what they refer to, and writes them together.
     */
    void createAll(List<? extends Resource> resources, SystemRequestDetails place) {
        if (resources.isEmpty()) {
            return;
        }
        var suffix = partitions.suffix(place);
        var bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        for (var resource : resources) {
            // By this the others refer to it until it has an id.
            var name = resource.getId();
            resource.setId((String) null);
            partitions.localise(daos.getFhirContext(), resource, suffix);
            bundle.addEntry()
                    .setFullUrl(name)
                    .setResource(resource)
                    .getRequest()
                    .setMethod(Bundle.HTTPVerb.POST)
                    .setUrl(resource.fhirType());
        }
        var stored = system().transactionNested(place, bundle).getEntry();
        for (int i = 0; i < resources.size(); i++) {
            resources.get(i).setId(new IdType(stored.get(i).getResponse().getLocation()));
        }
    }

    @SuppressWarnings("unchecked") // the system DAO of an R4 server takes R4 Bundles
    private IFhirSystemDao<Bundle, ?> system() {
        return daos.getSystemDao();
    }

    /** Stores a new version where the resource lies, or a new resource, that is about nobody, under the id it has. */
    <T extends Resource> T update(T resource) {
        return update(resource, partitions.with(() -> Optional.of(resource)));
    }

    /** Stores a resource under the id it has, whether there is one or not. */
    <T extends Resource> T put(T resource, SystemRequestDetails place) {
        partitions.localise(daos.getFhirContext(), resource, partitions.suffix(place));
        return update(resource, place);
    }

    /** Stores a resource about a model, under the id it has, once for all places or once for this. */
    void publish(Resource resource, SystemRequestDetails place) {
        var suffix = partitions.suffix(place);
        resource.setId(resource.getIdElement().getIdPart() + suffix);
        update(resource, suffix.isEmpty() ? partitions.with(Optional::empty) : place);
    }

    /** Deletes a resource of ours that nothing refers to. */
    void delete(String type, String id) {
        daos.getResourceDao(type).delete(new IdType(type, id), partitions.anywhere());
    }

    /** Tells apart the places that have model resources of their own. */
    String suffix(SystemRequestDetails place) {
        return partitions.suffix(place);
    }

    private <T extends Resource> T update(T resource, SystemRequestDetails place) {
        var outcome = dao(resource).update(resource, place);
        resource.setId(outcome.getId());
        return resource;
    }

    /** Takes the tag {@code current} away, which an update would keep. */
    void removeCurrent(String reference) {
        var meta = new Meta();
        meta.addTag().setSystem(Systems.STATE).setCode(Systems.CURRENT);
        var id = new IdType(reference);
        daos.getResourceDao(id.getResourceType()).metaDeleteOperation(id, meta, partitions.anywhere());
    }

    void addCurrent(String reference) {
        var meta = new Meta();
        meta.addTag().setSystem(Systems.STATE).setCode(Systems.CURRENT);
        var id = new IdType(reference);
        daos.getResourceDao(id.getResourceType()).metaAddOperation(id, meta, partitions.anywhere());
    }

    @SuppressWarnings("unchecked") // the DAO of a resource's class stores that class
    private <T extends Resource> IFhirResourceDao<T> dao(T resource) {
        return daos.getResourceDao((Class<T>) resource.getClass());
    }
}
