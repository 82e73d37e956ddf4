package org.auspex.store;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.FindingsWriter;
import org.auspex.kernel.Written;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.model.ModelCard;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes findings into the record, each once. Its identity row is inserted first, in the transaction of the resources:
 * of two that write the same at the same moment one gets it, and the other reads what that one wrote.
 */
public final class Results implements FindingsWriter {

    private static final int ATTEMPTS = 5;

    private final FhirStore store;
    private final ResultTable table;
    private final ModelResources models;
    private final TransactionTemplate transaction;

    Results(FhirStore store, ResultTable table, PlatformTransactionManager transactions) {
        this.store = store;
        this.table = table;
        this.models = new ModelResources(store);
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public Written write(ModelCard card, Finding finding) {
        var place = store.place(finding.subject().patient());
        models.ensure(card, place);
        for (int attempt = 1; ; attempt++) {
            try {
                var standing = transaction.execute(status -> existing(finding));
                if (standing != null && standing.isPresent()) {
                    return standing.get();
                }
                return java.util.Objects.requireNonNull(transaction.execute(status -> create(finding, place)));
            } catch (DataIntegrityViolationException | PessimisticLockingFailureException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Optional<Written> existing(Finding finding) {
        var row = table.find(finding.identity());
        if (row.isEmpty()) {
            return Optional.empty();
        }
        var risk = store.find(RiskAssessment.class, row.get().riskId());
        if (risk.isEmpty()) {
            // Somebody deleted the result itself; the same evidence may be asked about again.
            table.end(row.get(), "deleted");
            return Optional.empty();
        }
        becomeCurrent(new ResultRow(
                row.get().id(),
                row.get().model(),
                row.get().subject(),
                finding.asOf(),
                row.get().riskId(),
                row.get().scoreId(),
                row.get().provenanceId()));
        return Optional.of(new Written(
                store.find(RiskAssessment.class, row.get().riskId()).orElseThrow(),
                row.get().scoreId().flatMap(id -> store.find(Observation.class, id)),
                store.find(Provenance.class, row.get().provenanceId())));
    }

    private Written create(Finding finding, SystemRequestDetails place) {
        table.take(finding, Partitions.number(place));
        var score = finding.score().map(result -> store.create(result, place));
        var risk = store.create(finding.risk(), place);
        var targets = Stream.concat(score.stream(), Stream.of(risk))
                .map(result -> new Reference(versioned(result)))
                .toList();
        var provenance = store.create(finding.provenance(targets), place);
        var row = table.fill(finding, new Written(risk, score, Optional.of(provenance)));
        becomeCurrent(row);
        return new Written(
                store.find(RiskAssessment.class, row.riskId()).orElse(risk),
                score.map(stored -> store.find(
                                Observation.class, stored.getIdElement().getIdPart())
                        .orElse(stored)),
                Optional.of(provenance));
    }

    /** Moves the tag to this result, unless the one that bears it was asked for a later time. */
    private void becomeCurrent(ResultRow row) {
        var before = table.current(row);
        if (before.isPresent()
                && (before.get().row().id() == row.id() || before.get().asOf().isAfter(row.asOf()))) {
            return;
        }
        table.setCurrent(row);
        before.ifPresent(superseded -> {
            store.removeCurrent("RiskAssessment", superseded.row().riskId());
            superseded.row().scoreId().ifPresent(id -> store.removeCurrent("Observation", id));
        });
        store.addCurrent("RiskAssessment", row.riskId());
        row.scoreId().ifPresent(id -> store.addCurrent("Observation", id));
    }

    static String versioned(Resource resource) {
        var id = resource.getIdElement();
        return resource.fhirType() + "/" + id.getIdPart() + "/_history/" + id.getVersionIdPart();
    }

    static boolean isCurrent(Resource resource) {
        return resource.getMeta().getTag(Systems.STATE, Systems.CURRENT) != null;
    }
}
