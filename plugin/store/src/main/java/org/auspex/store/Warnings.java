package org.auspex.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.auspex.kernel.findings.Finding;
import org.auspex.kernel.model.ModelId;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** How long it took to warn of a symptom, for those who measure it: when a result warns of it and the one before did not. */
public final class Warnings {

    /** The times are whole minutes, and answering takes a while: what begins closer together than this is the same symptom. */
    private static final Duration SAME = Duration.ofMinutes(5);

    private final FhirStore store;
    private final Clock clock;
    private final List<BiConsumer<ModelId, Duration>> listeners = new CopyOnWriteArrayList<>();

    Warnings(FhirStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @param listener hears which version warned, and how long after the symptom; it must be quick */
    public void onWarning(BiConsumer<ModelId, Duration> listener) {
        listeners.add(listener);
    }

    /**
     * Belongs into the transaction that stores the newest result about a subject; what is rolled back is not told. A question about the past
     * warns nobody.
     *
     * @param before the newest until now
     */
    void stored(Finding finding, Resource result, Optional<ResultRow> before) {
        if (finding.asOf().isBefore(clock.instant().minus(SAME))) {
            return;
        }
        time(result)
                .filter(took -> before.flatMap(row -> store.find(row.result()))
                        .flatMap(Warnings::begin)
                        .filter(begin -> isSame(begin, finding.asOf().minus(took)))
                        .isEmpty())
                .ifPresent(took -> afterCommit(finding.model(), took));
    }

    private static boolean isSame(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(SAME) < 0;
    }

    /** When the symptom began that a result warned of. */
    private static Optional<Instant> begin(Resource result) {
        return time(result)
                .map(took -> ((RiskAssessment) result)
                        .getOccurrenceDateTimeType()
                        .getValue()
                        .toInstant()
                        .minus(took));
    }

    private static Optional<Duration> time(Resource result) {
        return result instanceof RiskAssessment risk && risk.hasExtension(Systems.TIME_TO_WARNING)
                ? Optional.of(Duration.ofMinutes(((Quantity)
                                risk.getExtensionByUrl(Systems.TIME_TO_WARNING).getValue())
                        .getValue()
                        .longValue()))
                : Optional.empty();
    }

    private void afterCommit(ModelId model, Duration took) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                listeners.forEach(listener -> listener.accept(model, took));
            }
        });
    }
}
