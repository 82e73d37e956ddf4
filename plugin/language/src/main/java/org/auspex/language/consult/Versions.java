package org.auspex.language.consult;

import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** The version of a resource that was read. */
final class Versions {

    private Versions() {}

    /** {@code Observation/1/_history/2}. */
    static String of(Resource resource) {
        var version = Optional.ofNullable(resource.getMeta().getVersionId())
                .orElseGet(() -> resource.getIdElement().getVersionIdPart());
        return "%s/%s/_history/%s"
                .formatted(resource.fhirType(), resource.getIdElement().getIdPart(), version);
    }
}
