package org.auspex.store;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.auspex.kernel.Attempt;
import org.auspex.kernel.FindingsWriter;
import org.auspex.kernel.Settlement;
import org.auspex.kernel.Written;
import org.auspex.kernel.findings.Author;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.model.ModelCard;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes findings into the record, each once, in blocks of one transaction. A block that fails is split until the one
 * finding that cannot be written stands alone.
 */
public final class Results implements FindingsWriter {

    private static final int ATTEMPTS = 5;

    /** More are written no faster, and whoever asks about one of them would wait longer. */
    private static final int BLOCK = 16;

    private final FhirStore store;
    private final ResultBlock block;
    private final ModelResources models;
    private final TransactionTemplate transaction;
    private final Settlement settlement;

    Results(FhirStore store, ResultBlock block, ModelResources models, PlatformTransactionManager transactions) {
        this(store, block, models, new TransactionTemplate(transactions), (subject, written) -> {});
    }

    private Results(
            FhirStore store,
            ResultBlock block,
            ModelResources models,
            TransactionTemplate transaction,
            Settlement settlement) {
        this.store = store;
        this.block = block;
        this.models = models;
        this.transaction = transaction;
        this.settlement = settlement;
    }

    @Override
    public FindingsWriter settling(Settlement what) {
        return new Results(store, block, models, transaction, what);
    }

    @Override
    public Written write(ModelCard card, Finding finding) {
        return writeAll(card, List.of(finding)).get(0).orThrow();
    }

    /** The same for a finding of who has no model folder. */
    public Written write(Author author, Finding finding) {
        return writeAll(place -> models.ensure(author, place), List.of(finding))
                .get(0)
                .orThrow();
    }

    /** What stands of a finding, which becomes the newest of its subject; empty if nothing does. What the finding says is not asked for. */
    public Optional<Written> standing(Finding finding) {
        return Objects.requireNonNull(transaction.execute(status -> block.standing(finding)));
    }

    @Override
    public List<Attempt> writeAll(ModelCard card, List<Finding> findings) {
        return writeAll(place -> models.ensure(card, place), findings);
    }

    /** @param author stores in a place who says the findings, before the first of them refers to it */
    private List<Attempt> writeAll(Consumer<SystemRequestDetails> author, List<Finding> findings) {
        var places = new HashMap<Optional<Integer>, SystemRequestDetails>();
        var blocks = new LinkedHashMap<SystemRequestDetails, List<Finding>>();
        for (var finding : findings) {
            var where = store.place(finding.subject().patient());
            var place = places.computeIfAbsent(Partitions.number(where), first -> where);
            blocks.computeIfAbsent(place, first -> new ArrayList<>()).add(finding);
        }
        var attempts = new IdentityHashMap<Finding, Attempt>();
        blocks.forEach((place, all) -> {
            author.accept(place);
            var standing = block.standing(all.stream().filter(Finding::pictured).toList());
            var together = all.stream()
                    .filter(finding ->
                            !finding.pictured() || standing.contains(finding.identity()) || keep(finding, attempts))
                    .toList();
            for (int from = 0; from < together.size(); from += BLOCK) {
                write(together.subList(from, Math.min(together.size(), from + BLOCK)), place, attempts);
            }
        });
        return findings.stream()
                .map(finding -> Objects.requireNonNull(attempts.get(finding)))
                .toList();
    }

    /**
     * Outside of any transaction, for an archive may be slow; what the record refers to is there before it. Not for a result that
     * stands, whose objects were kept when it was written.
     */
    private static boolean keep(Finding finding, Map<Finding, Attempt> attempts) {
        try {
            finding.beside().forEach(Sighting::keep);
            return true;
        } catch (RuntimeException e) {
            attempts.put(finding, Attempt.failed(e));
            return false;
        }
    }

    private void write(List<Finding> together, SystemRequestDetails place, Map<Finding, Attempt> attempts) {
        if (together.size() == 1) {
            attempts.put(together.get(0), alone(together, place));
            return;
        }
        try {
            var written = inTransaction(together, place);
            for (int i = 0; i < together.size(); i++) {
                attempts.put(together.get(i), Attempt.succeeded(written.get(i)));
            }
        } catch (CannotCreateTransactionException e) {
            // Without a database the halves would fare no better.
            throw e;
        } catch (RuntimeException e) {
            var half = together.size() / 2;
            write(together.subList(0, half), place, attempts);
            write(together.subList(half, together.size()), place, attempts);
        }
    }

    /** Who loses against another that writes the same finds what that one wrote when trying again. */
    private Attempt alone(List<Finding> one, SystemRequestDetails place) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Attempt.succeeded(inTransaction(one, place).get(0));
            } catch (DataIntegrityViolationException | TransientDataAccessException e) {
                if (attempt == ATTEMPTS) {
                    return Attempt.failed(e);
                }
            } catch (RuntimeException e) {
                return Attempt.failed(e);
            }
        }
    }

    private List<Written> inTransaction(List<Finding> together, SystemRequestDetails place) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var written = block.write(together, place);
            for (int i = 0; i < together.size(); i++) {
                settlement.settle(together.get(i).subject(), written.get(i));
            }
            return written;
        }));
    }

    static String versioned(Resource resource) {
        var id = resource.getIdElement();
        return resource.fhirType() + "/" + id.getIdPart() + "/_history/" + id.getVersionIdPart();
    }

    static boolean isCurrent(Resource resource) {
        return resource.getMeta().getTag(Systems.STATE, Systems.CURRENT) != null;
    }
}
