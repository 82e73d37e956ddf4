package org.auspex.kernel.findings;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.notes.Amount;
import org.auspex.kernel.notes.NotedFact;
import org.auspex.kernel.notes.ReadNote;
import org.auspex.kernel.notes.Standardised;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/** One fact of a document as FHIR: a test with its value as an Observation, a problem or finding as a Condition. */
final class NoteRecords {

    private static final String CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private static final String VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status";

    private final ModelCard card;
    private final Subject subject;
    private final Identity identity;
    private final Instant now;

    NoteRecords(ModelCard card, Subject subject, Identity identity, Instant now) {
        this.card = card;
        this.subject = subject;
        this.identity = identity;
        this.now = now;
    }

    /** @param mentions of the same thing, at least one */
    DomainResource of(ReadNote note, Standardised.Key key, List<Standardised> mentions) {
        var first = mentions.get(0);
        var written = first.amount()
                .<DomainResource>map(amount -> observation(note, first.fact(), amount))
                .orElseGet(() -> condition(note, key, first.fact()));
        written.setId(
                "urn:uuid:" + UUID.nameUUIDFromBytes((identity.hash() + "|" + key).getBytes(StandardCharsets.UTF_8)));
        written.setMeta(Findings.meta());
        mentions.forEach(mention ->
                written.addExtension(SourceSpan.of(note, mention.fact().words())));
        return written;
    }

    /** Denied is refuted, and what is history is not active; without a category nothing of it is an entry of the problem list. */
    private Condition condition(ReadNote note, Standardised.Key key, NotedFact fact) {
        var condition = new Condition();
        condition.addIdentifier().setSystem(Systems.PREDICTION).setValue(identity.hash());
        condition.setCode(code(fact));
        condition.setSubject(new Reference(subject.patient()));
        condition.setRecordedDate(Date.from(now));
        switch (key.said()) {
            case NEGATED -> condition.setVerificationStatus(concept(VERIFICATION, "refuted"));
            case HISTORICAL ->
                condition
                        .setVerificationStatus(concept(VERIFICATION, "unconfirmed"))
                        .setClinicalStatus(concept(CLINICAL, "inactive"));
            default ->
                condition
                        .setVerificationStatus(concept(VERIFICATION, "unconfirmed"))
                        .setClinicalStatus(concept(CLINICAL, "active"));
        }
        var site = Stream.concat(fact.side().stream(), fact.site().stream()).collect(Collectors.joining(" "));
        if (!site.isEmpty()) {
            condition.addBodySite().setText(site);
        }
        condition.addEvidence().addDetail(new Reference(note.reference()));
        return condition;
    }

    private Observation observation(ReadNote note, NotedFact fact, Amount amount) {
        var observation = new Observation();
        observation.addIdentifier().setSystem(Systems.PREDICTION).setValue(identity.hash());
        observation.setStatus(Observation.ObservationStatus.PRELIMINARY);
        observation.setCode(code(fact));
        observation.setSubject(new Reference(subject.patient()));
        observation.setEffective(NoteTime.of(fact.time(), note.written()));
        observation.setIssued(Date.from(now));
        observation.setDevice(ModelDevice.reference(card));
        observation.addDerivedFrom(new Reference(note.reference()));
        var quantities = quantities(amount);
        if (quantities.size() == 1) {
            observation.setValue(quantities.get(0));
        } else {
            pressure(observation, "8480-6", "Systolic blood pressure", quantities.get(0));
            pressure(observation, "8462-4", "Diastolic blood pressure", quantities.get(1));
        }
        return observation;
    }

    private static void pressure(Observation panel, String code, String display, Quantity value) {
        panel.addComponent()
                .setValue(value)
                .getCode()
                .addCoding()
                .setSystem(Systems.LOINC)
                .setCode(code)
                .setDisplay(display);
    }

    /** One value, or the two of a pressure. */
    static List<Quantity> quantities(Amount amount) {
        return Stream.concat(Stream.of(amount.number()), amount.second().stream())
                .map(number -> quantity(number, amount))
                .toList();
    }

    private static Quantity quantity(BigDecimal number, Amount amount) {
        var unit = amount.unit().orElseThrow();
        var quantity = new Quantity()
                .setValue(number.stripTrailingZeros().scale() < 0 ? number.setScale(0) : number)
                .setUnit(unit)
                .setSystem(Systems.UCUM)
                .setCode(unit);
        Optional.of(amount.comparator())
                .filter(comparator -> !comparator.isEmpty())
                .ifPresent(comparator -> quantity.setComparator(Quantity.QuantityComparator.fromCode(comparator)));
        return quantity;
    }

    /** The codes of the concept, and the words as they stand; what the code systems call them, the vocabulary does not know. */
    private static CodeableConcept code(NotedFact fact) {
        var concept = new CodeableConcept().setText(fact.words().text());
        fact.codes()
                .forEach(code -> concept.addCoding().setSystem(code.system()).setCode(code.code()));
        return concept;
    }

    private static CodeableConcept concept(String system, String code) {
        var concept = new CodeableConcept();
        concept.addCoding().setSystem(system).setCode(code);
        return concept;
    }
}
