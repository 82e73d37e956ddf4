package org.auspex.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.auspex.imaging.results.segmentation.Form;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about images; docs/configuration.md explains each.
 *
 * @param patientSystem identifier system of Patient IDs that name no issuer
 * @param patientSystems identifier systems by Issuer of Patient ID
 * @param archives that may be called, by names of the operator's
 * @param quiet how long nothing of a study arrives before it is put into the record
 * @param segmentation how what a model marks is written: {@code binary} or {@code label-map}
 */
record DicomSettings(
        @DefaultValue ArchiveSettings archive,
        @DefaultValue DicomwebSettings dicomweb,
        @DefaultValue StoreSettings store,
        @DefaultValue ClientSettings client,
        @DefaultValue Map<String, RemoteSettings> archives,
        @DefaultValue Map<String, String> patientSystems,
        @Nullable String patientSystem,
        @DefaultValue("PT1S") Duration quiet,
        @DefaultValue("binary") Form segmentation,
        @DefaultValue CorrectionSettings corrections) {

    /**
     * @param period how often archives elsewhere are asked for corrections
     * @param since how long after a result
     */
    record CorrectionSettings(
            @DefaultValue("PT10M") Duration period,
            @DefaultValue("P7D") Duration since) {}

    /**
     * @param path folder of the archive; {@code home/dicom} if absent
     * @param keepFree bytes of the disk that stay free
     * @param maxObjectBytes of one object
     */
    record ArchiveSettings(
            @Nullable Path path,
            @DefaultValue("1073741824") long keepFree,
            @DefaultValue("17179869184") long maxObjectBytes) {}

    /**
     * @param enabled whether the archive is served at {@code /dicomweb}; a host decides, for its security must cover that path
     * @param maxBytes of one request that stores
     * @param url where clients reach it, for ImagingStudy.endpoint
     */
    record DicomwebSettings(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("17179869184") long maxBytes,
            @Nullable String url) {}

    /**
     * @param enabled whether modalities may send by C-STORE
     * @param address that is listened on
     * @param callers AE titles that may call; all if none is listed
     * @param associations that may be open at once
     * @param timeout how long a caller may say nothing
     */
    record StoreSettings(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("127.0.0.1") String address,
            @DefaultValue("11112") int port,
            @DefaultValue("AUSPEX") String aeTitle,
            @DefaultValue List<String> callers,
            @DefaultValue("16") int associations,
            @DefaultValue("PT60S") Duration timeout) {}

    /**
     * @param connectTimeout until an archive can be talked to
     * @param idleTimeout until it begins to answer, and between two pieces of an answer
     * @param timeout of a whole request
     * @param maxBytes of one answer
     */
    record ClientSettings(
            @DefaultValue("PT5S") Duration connectTimeout,
            @DefaultValue("PT30S") Duration idleTimeout,
            @DefaultValue("PT10M") Duration timeout,
            @DefaultValue("17179869184") long maxBytes) {}

    /**
     * @param url its DICOMweb address
     * @param authorization what the header Authorization says to it
     */
    record RemoteSettings(String url, @Nullable String authorization) {}
}
