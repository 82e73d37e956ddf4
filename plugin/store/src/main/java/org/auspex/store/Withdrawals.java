package org.auspex.store;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.kernel.Corrections;
import org.auspex.kernel.Models;
import org.auspex.kernel.Rereading;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Sha256;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Withdraws results whose evidence is gone, was entered in error, moved to another patient or says something else now.
 * A result that a person has confirmed is never changed: a Task asks them.
 */
public final class Withdrawals implements Corrections {

    private static final Logger LOG = LoggerFactory.getLogger(Withdrawals.class);

    private final FhirStore store;
    private final ResultTable table;
    private final EvidenceReader reader;
    private final Models models;
    private final Rereading others;
    private final Clock clock;
    private final TransactionTemplate transaction;

    /** @param others reads what results of those without a card rest on */
    Withdrawals(JpaStore parts, EvidenceReader reader, Models models, Rereading others) {
        this.store = parts.store();
        this.table = parts.table();
        this.clock = parts.clock();
        this.reader = reader;
        this.models = models;
        this.others = others;
        this.transaction = new TransactionTemplate(parts.transactions());
    }

    @Override
    public List<Triggers.Ask> review(String reference) {
        var slash = reference.indexOf('/');
        var resource = store.find(reference.substring(0, slash), reference.substring(slash + 1));
        var again = new ArrayList<Triggers.Ask>();
        for (var row : table.restingOn(reference)) {
            var reason = fallen(row, reference, resource);
            if (reason.isPresent()) {
                transaction.executeWithoutResult(status -> withdraw(row, reference, reason.get()));
                ask(row).ifPresent(again::add);
            }
        }
        return again;
    }

    /** Why a result no longer stands; empty when it does. */
    private Optional<String> fallen(ResultRow row, String reference, Optional<Resource> resource) {
        if (resource.isEmpty()) {
            return Optional.of(reference + " was deleted");
        }
        var patient = Compartment.patient(resource.get()).map(Compartment::plain);
        if (!patient.equals(Optional.of(row.subject().patient()))) {
            return Optional.of(reference + " was moved to another patient");
        }
        var card = models.card(row.model());
        var readable = card.map(known -> reader.pieces(resource.get(), known.requirements(), row.asOf()))
                .or(() -> others.pieces(row.model(), resource.get()));
        if (readable.isEmpty()) {
            LOG.warn(
                    "{} changed, but {} is no longer served, so what rests on it cannot be compared",
                    reference,
                    row.model());
            return Optional.empty();
        }
        if (resource.get() instanceof Patient subject
                && card.filter(known -> isExcluded(subject, row, known)).isPresent()) {
            return Optional.of(reference + " was corrected, and the patient was not eligible");
        }
        return stands(row, reference, readable.get())
                ? Optional.empty()
                : Optional.of(reference + " was corrected or entered in error");
    }

    /** That a patient has died since says nothing about the time of the result, unless the time of death does. */
    private boolean isExcluded(Patient patient, ResultRow row, ModelCard card) {
        var then = patient.copy();
        if (!then.hasDeceasedDateTimeType()) {
            then.setDeceased(null);
        }
        return reader.exclusion(then, card.requirements(), row.asOf()).isPresent();
    }

    private boolean stands(ResultRow row, String reference, List<Piece> readable) {
        var present = readable.stream()
                .map(piece -> new ResultTable.Used(piece.input(), Sha256.of(piece.fingerprint())))
                .collect(Collectors.toSet());
        return present.containsAll(table.used(row, reference));
    }

    private void withdraw(ResultRow row, String reference, String reason) {
        var there = store.findAll(row.resources());
        var confirmed =
                Optional.ofNullable(there.get(row.result())).filter(result -> !ResultParts.isPreliminary(result));
        if (confirmed.isPresent()) {
            if (table.end(row, "questioned")) {
                store.create(
                        question(row, row.result(), reason),
                        store.place(row.subject().patient()));
            }
            return;
        }
        if (!table.end(row, "withdrawn")) {
            return;
        }
        var parts = row.resources().stream()
                .flatMap(result -> Stream.ofNullable(there.get(result)))
                .toList();
        parts.stream()
                .filter(part -> isTheirs(part) && ResultParts.isConfirmed(part) && !(part instanceof Task))
                .forEach(part -> store.create(
                        question(row, reference(part), reason),
                        store.place(row.subject().patient())));
        var withdrawn = parts.stream()
                .filter(part -> !isTheirs(part))
                .map(this::withdraw)
                .toList();
        if (!withdrawn.isEmpty()) {
            store.create(
                    provenance(row, withdrawn, reference, reason),
                    store.place(row.subject().patient()));
        }
    }

    /** Whether a person has made it theirs; a step that somebody has taken on is looked after by them. */
    private static boolean isTheirs(Resource part) {
        return part instanceof DetectedIssue issue ? OpenIssues.isAnswered(issue) : !ResultParts.isPreliminary(part);
    }

    private static String reference(Resource part) {
        return part.fhirType() + "/" + part.getIdElement().getIdPart();
    }

    private Reference withdraw(Resource result) {
        ResultParts.links(result).forEach(this::unlinkDeleted);
        ResultParts.enterInError(result);
        if (Results.isCurrent(result)) {
            store.removeCurrent(reference(result));
            result.getMeta().getTag().removeIf(tag -> Systems.STATE.equals(tag.getSystem()));
        }
        return new Reference(Results.versioned(store.update(result)));
    }

    /** HAPI refuses to store a link to what was deleted, so such a one becomes its name. */
    private void unlinkDeleted(Reference reference) {
        if (reference.hasReference()
                && store.find(Compartment.plain(reference.getReference())).isEmpty()) {
            reference.setDisplay(reference.getReference() + " (deleted)").setReference(null);
        }
    }

    private Provenance provenance(ResultRow row, List<Reference> withdrawn, String reference, String reason) {
        var provenance = new Provenance();
        provenance.setTarget(withdrawn);
        provenance.setRecorded(Date.from(clock.instant()));
        provenance
                .getActivity()
                .setText("Withdrawal: " + reason)
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-DataOperation")
                .setCode("NULLIFY");
        provenance.addReason().addCoding().setSystem(Systems.OBSERVATION_VALUE).setCode(Systems.AIAST);
        provenance.addAgent().setWho(new Reference("Device/" + org.auspex.kernel.findings.ModelDevice.id(row.model())));
        // By name and not by link: the resource may be gone, and HAPI refuses a link to what is deleted.
        provenance
                .addEntity()
                .setRole(Provenance.ProvenanceEntityRole.SOURCE)
                .getWhat()
                .setDisplay(reference);
        return provenance;
    }

    private Task question(ResultRow row, String confirmed, String reason) {
        var task = new Task();
        task.addIdentifier().setSystem(Systems.AUSPEX + "/identifier/work").setValue(row.model() + " " + reason);
        task.setStatus(Task.TaskStatus.REQUESTED);
        task.setIntent(Task.TaskIntent.PROPOSAL);
        task.setDescription("A confirmed result rests on evidence that no longer stands: " + reason);
        task.setFocus(new Reference(confirmed));
        task.setFor(new Reference(row.subject().patient()));
        task.setAuthoredOn(Date.from(clock.instant()));
        return task;
    }

    /** The version of the same model that answers for the subject now, asked again. */
    private Optional<Triggers.Ask> ask(ResultRow row) {
        return models.answering(row.model().name(), row.subject())
                .map(id -> new Triggers.Ask(id, row.subject(), java.time.Duration.ZERO));
    }
}
