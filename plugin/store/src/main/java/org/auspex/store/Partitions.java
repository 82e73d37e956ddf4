package org.auspex.store;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.api.dao.IDao;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.partition.IRequestPartitionHelperSvc;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.api.server.storage.IResourcePersistentId;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Where in a partitioned store something is read and written. HAPI asks the interceptors of a request for that; work that
 * no request asked for has to say it. In a store without partitions all of this is nothing.
 */
public record Partitions(PartitionSettings settings, IRequestPartitionHelperSvc requests) {

    /** Reads in every partition: whoever asks knows the ids, which are the same in no two of them. */
    SystemRequestDetails anywhere() {
        return settings.isPartitioningEnabled()
                ? SystemRequestDetails.forRequestPartitionId(RequestPartitionId.allPartitions())
                : new SystemRequestDetails();
    }

    /** Reads what a client's request may read. */
    SystemRequestDetails asked(RequestDetails request, String reference) {
        return settings.isPartitioningEnabled()
                ? SystemRequestDetails.forRequestPartitionId(
                        requests.determineReadPartitionForRequestForRead(request, new IdType(reference)))
                : new SystemRequestDetails();
    }

    /** Searches what a client's request may search. */
    SystemRequestDetails searched(RequestDetails request, String type) {
        return settings.isPartitioningEnabled()
                ? SystemRequestDetails.forRequestPartitionId(
                        requests.determineReadPartitionForRequestForSearchType(request, type))
                : new SystemRequestDetails();
    }

    /**
     * Writes where a resource that was read lies; what belongs to nobody into the default partition.
     *
     * @param neighbour is only looked for where there are partitions
     */
    SystemRequestDetails with(Supplier<Optional<Resource>> neighbour) {
        return settings.isPartitioningEnabled()
                ? SystemRequestDetails.forRequestPartitionId(
                        neighbour.get().flatMap(Partitions::of).orElseGet(settings::getDefaultRequestPartitionId))
                : new SystemRequestDetails();
    }

    /**
     * What distinguishes the Device of a model in this partition from those in others; empty where one for all will do.
     * An id can exist once only, and unless the host allows references from one partition into another, each partition
     * with results needs a Device of its own.
     */
    String suffix(SystemRequestDetails where) {
        var partition = where.getRequestPartitionId();
        if (partition == null || settings.isAllowUnqualifiedCrossPartitionReference() || isDefault(partition)) {
            return "";
        }
        return "-p" + partition.getFirstPartitionIdOrNull();
    }

    /** Makes references to a model's Device and card lead to those of the partition. */
    void localise(FhirContext fhir, Resource resource, String suffix) {
        if (!suffix.isEmpty()) {
            fhir.newTerser().getAllPopulatedChildElementsOfType(resource, Reference.class).stream()
                    .filter(reference ->
                            isModel(reference) && !reference.getReference().endsWith(suffix))
                    .forEach(reference -> reference.setReference(reference.getReference() + suffix));
        }
    }

    private static boolean isModel(Reference reference) {
        return reference.hasReference()
                && (reference.getReference().startsWith("Device/auspex-")
                        || reference.getReference().startsWith("DocumentReference/auspex-card-"));
    }

    /** The number of the partition that a stored resource lies in; empty in a store without partitions. */
    public static Optional<Integer> number(Resource resource) {
        return of(resource)
                .flatMap(Partitions::number)
                .or(() -> Optional.ofNullable(IDao.RESOURCE_PID.get(resource))
                        .map(IResourcePersistentId::getPartitionId));
    }

    /** The number of the partition that is written to; empty in a store without partitions. */
    static Optional<Integer> number(SystemRequestDetails place) {
        return Optional.ofNullable(place.getRequestPartitionId()).flatMap(Partitions::number);
    }

    private static Optional<Integer> number(RequestPartitionId partition) {
        return Optional.ofNullable(partition.getFirstPartitionIdOrNull());
    }

    private boolean isDefault(RequestPartitionId partition) {
        return partition.isPartition(settings.getDefaultPartitionId());
    }

    private static Optional<RequestPartitionId> of(Resource resource) {
        return Optional.ofNullable((RequestPartitionId) resource.getUserData(Constants.RESOURCE_PARTITION_ID));
    }
}
