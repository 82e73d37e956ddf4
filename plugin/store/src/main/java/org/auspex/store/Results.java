package org.auspex.store;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.FindingsWriter;
import org.auspex.kernel.Settlement;
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
    private final Optional<Settlement> settlement;

    Results(FhirStore store, ResultTable table, Rollouts rollouts, PlatformTransactionManager transactions) {
        this(store, table, new ModelResources(store, rollouts), new TransactionTemplate(transactions), Optional.empty());
    }

    private Results(
            FhirStore store,
            ResultTable table,
            ModelResources models,
            TransactionTemplate transaction,
            Optional<Settlement> settlement) {
        this.store = store;
        this.table = table;
        this.models = models;
        this.transaction = transaction;
        this.settlement = settlement;
    }

    @Override
    public FindingsWriter settling(Settlement what) {
        return new Results(store, table, models, transaction, Optional.of(what));
    }

    @Override
    public Written write(ModelCard card, Finding finding) {
        var place = store.place(finding.subject().patient());
        models.ensure(card, place);
        for (int attempt = 1; ; attempt++) {
            try {
                return Objects.requireNonNull(transaction.execute(status -> settled(finding, place)));
            } catch (DataIntegrityViolationException | PessimisticLockingFailureException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Written settled(Finding finding, SystemRequestDetails place) {
        var written = existing(finding).orElseGet(() -> create(finding, place));
        settlement.ifPresent(what -> what.settle(finding.subject(), written.reference()));
        return written;
    }

    private Optional<Written> existing(Finding finding) {
        var row = table.find(finding.identity());
        if (row.isEmpty()) {
            return Optional.empty();
        }
        var found = row.get();
        if (store.find(RiskAssessment.class, found.riskId()).isEmpty()) {
            // Somebody deleted the result itself; the same evidence may be asked about again.
            table.end(found, "deleted");
            return Optional.empty();
        }
        var asked = found.askedFor(finding.asOf());
        var before = table.current(asked);
        if (before.map(current -> current.row().id() != asked.id() && !current.isLaterThan(asked))
                .orElse(true)) {
            becomeCurrent(asked, before);
            store.addCurrent("RiskAssessment", asked.riskId());
            asked.scoreId().ifPresent(id -> store.addCurrent("Observation", id));
        }
        return Optional.of(new Written(
                store.find(RiskAssessment.class, found.riskId()).orElseThrow(),
                found.scoreId().flatMap(id -> store.find(Observation.class, id)),
                store.find(Provenance.class, found.provenanceId())));
    }

    /** The tag is written with the result, for adding it later costs as much as the result itself. */
    private Written create(Finding finding, SystemRequestDetails place) {
        var taken = ResultRow.taken(table.take(finding, Partitions.number(place)), finding);
        var before = table.current(taken);
        var newest = before.map(current -> !current.isLaterThan(taken)).orElse(true);
        var score = finding.score().map(result -> store.create(tagged(result, newest), place));
        var risk = store.create(tagged(finding.risk(), newest), place);
        var targets = Stream.concat(score.stream(), Stream.of(risk))
                .map(result -> new Reference(versioned(result)))
                .toList();
        var written = new Written(risk, score, Optional.of(store.create(finding.provenance(targets), place)));
        table.fill(taken.id(), finding, written);
        if (newest) {
            becomeCurrent(taken, before);
        }
        return written;
    }

    private static <T extends Resource> T tagged(T result, boolean newest) {
        if (newest && !isCurrent(result)) {
            result.getMeta().addTag().setSystem(Systems.STATE).setCode(Systems.CURRENT);
        }
        if (!newest) {
            result.getMeta()
                    .getTag()
                    .removeIf(tag -> tag.getSystem().equals(Systems.STATE)
                            && tag.getCode().equals(Systems.CURRENT));
        }
        return result;
    }

    private void becomeCurrent(ResultRow row, Optional<ResultTable.Current> before) {
        table.setCurrent(row);
        before.ifPresent(superseded -> {
            store.removeCurrent("RiskAssessment", superseded.row().riskId());
            superseded.row().scoreId().ifPresent(id -> store.removeCurrent("Observation", id));
        });
    }

    static String versioned(Resource resource) {
        var id = resource.getIdElement();
        return resource.fhirType() + "/" + id.getIdPart() + "/_history/" + id.getVersionIdPart();
    }

    static boolean isCurrent(Resource resource) {
        return resource.getMeta().getTag(Systems.STATE, Systems.CURRENT) != null;
    }
}
