package org.auspex.kernel.findings;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;

/**
 * The AI-Provenance of results, as HL7's AI Transparency on FHIR has it.
 *
 * @param device who says them
 * @param card what people should know of who says them
 */
public record ResultProvenance(Reference device, Reference card) {

    /**
     * Without targets, which are added when the results are stored.
     *
     * @param basis versioned references of what they rest on
     * @param occurred the time that they are about
     */
    public Provenance of(List<String> basis, Instant occurred, Instant now) {
        var provenance = new Provenance();
        provenance.setOccurred(Findings.time(occurred));
        provenance.setRecorded(Date.from(now));
        provenance.addReason().addCoding().setSystem(Systems.OBSERVATION_VALUE).setCode(Systems.AIAST);
        var agent = provenance.addAgent();
        agent.addRole().addCoding().setSystem(Systems.AI_DEVICE_TYPE).setCode(Systems.ARTIFICIAL_INTELLIGENCE);
        agent.setWho(device.copy());
        basis.forEach(reference -> provenance
                .addEntity()
                .setRole(Provenance.ProvenanceEntityRole.SOURCE)
                .setWhat(new Reference(reference)));
        provenance
                .addEntity()
                .setRole(Provenance.ProvenanceEntityRole.DERIVATION)
                .setWhat(card.copy());
        return provenance;
    }
}
