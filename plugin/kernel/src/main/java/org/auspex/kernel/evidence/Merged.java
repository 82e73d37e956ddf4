package org.auspex.kernel.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** Records of one person that were merged: what stands under the replaced one is evidence about the one that remains. */
public final class Merged {

    private Merged() {}

    /** Whom each replaced patient ({@code Patient/1}) now is, from what the remaining patients say. */
    public static Map<String, String> remaining(List<? extends Resource> patients) {
        var remaining = new HashMap<String, String>();
        for (var resource : patients) {
            if (resource instanceof Patient patient) {
                var own = "Patient/" + patient.getIdElement().getIdPart();
                links(patient, Patient.LinkType.REPLACES).forEach(replaced -> remaining.put(replaced, own));
            }
        }
        return remaining;
    }

    /** The patient that replaced this one; empty if none did. */
    static Optional<String> replacement(Patient patient) {
        return links(patient, Patient.LinkType.REPLACEDBY).stream().findFirst();
    }

    private static List<String> links(Patient patient, Patient.LinkType type) {
        return patient.getLink().stream()
                .filter(link -> link.getType() == type && link.getOther().hasReference())
                .map(link -> Compartment.plain(link.getOther().getReference()))
                .toList();
    }
}
