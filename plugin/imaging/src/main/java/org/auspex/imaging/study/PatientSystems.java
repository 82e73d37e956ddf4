package org.auspex.imaging.study;

import java.util.Map;
import java.util.Optional;

/**
 * Which identifier system of FHIR the issuers of Patient IDs in DICOM stand for.
 *
 * @param byIssuer systems by Issuer of Patient ID
 * @param otherwise the system of Patient IDs that name no issuer
 */
public record PatientSystems(Map<String, String> byIssuer, Optional<String> otherwise) {

    public PatientSystems {
        byIssuer = Map.copyOf(byIssuer);
    }

    Optional<String> of(String issuer) {
        return issuer.isEmpty() ? otherwise : Optional.ofNullable(byIssuer.get(issuer));
    }
}
