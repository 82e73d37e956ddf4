package org.auspex.kernel.findings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.notes.Standardised;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Reference;

/**
 * What a document names: Conditions and Observations, each written once however often it is named, and a List of everything that was named,
 * with what became of it.
 */
final class NoteFindings {

    private final ModelCard card;
    private final Subject subject;
    private final Identity identity;
    private final Instant now;

    NoteFindings(ModelCard card, Subject subject, Identity identity, Instant now) {
        this.card = card;
        this.subject = subject;
        this.identity = identity;
        this.now = now;
    }

    Said of(Outcome.Noted noted) {
        var records = new NoteRecords(card, subject, identity, now);
        var mentions = new LinkedHashMap<Standardised.Key, List<Standardised>>();
        noted.facts()
                .forEach(fact -> fact.record()
                        .ifPresent(key -> mentions.computeIfAbsent(key, k -> new ArrayList<>())
                                .add(fact)));
        var written = new LinkedHashMap<Standardised.Key, DomainResource>();
        mentions.forEach((key, same) -> written.put(key, records.of(noted.note(), key, same)));
        return new Said(list(noted, written), List.copyOf(written.values()), List.of());
    }

    private ListResource list(Outcome.Noted noted, Map<Standardised.Key, DomainResource> written) {
        var list = new ListResource();
        list.setMeta(Findings.meta());
        list.addIdentifier().setSystem(Systems.PREDICTION).setValue(identity.hash());
        list.setStatus(ListResource.ListStatus.CURRENT);
        list.setMode(ListResource.ListMode.SNAPSHOT);
        list.setTitle(card.about().title());
        list.setCode(new CodeableConcept().setText(card.about().title()));
        list.getCode().addCoding().setSystem(Systems.MODEL).setCode(card.id().name());
        list.setSubject(new Reference(subject.patient()));
        list.setSource(ModelDevice.reference(card));
        list.setDate(Date.from(now));
        noted.facts()
                .forEach(fact -> list.addEntry(new StandardisationEntry(noted.note(), fact)
                        .of(fact.record()
                                .flatMap(key -> Optional.ofNullable(written.get(key)))
                                .map(resource -> new Reference(resource.getId())))));
        if (noted.facts().isEmpty()) {
            list.getEmptyReason()
                    .setText("The document names nothing that the vocabularies have")
                    .addCoding()
                    .setSystem("http://terminology.hl7.org/CodeSystem/list-empty-reason")
                    .setCode("unavailable");
        }
        return list;
    }
}
