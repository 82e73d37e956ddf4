package org.auspex.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.auspex.kernel.Models;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.watch.Figures;
import org.auspex.kernel.watch.Tallies;
import org.auspex.kernel.watch.WatchObservation;
import org.auspex.kernel.watch.Watched;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Watches the versions that serve. What this server counted is added to the table each minute at most; at the end of each period whichever
 * server comes first stores an Observation for each version that answered in it. What was counted since the last minute is lost if the server
 * is killed.
 */
public final class ModelWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelWatch.class);

    private static final Duration LONGEST_FLUSH = Duration.ofMinutes(1);
    private static final int ATTEMPTS = 5;

    /** Observations that are deleted in one go. */
    private static final int PRUNED = 200;

    private final Tallies tallies;
    private final Models models;
    private final FhirStore store;
    private final WatchTable table;
    private final Confirmations confirmations;
    private final TransactionTemplate transaction;
    private final Terms terms;
    private final Clock clock;
    private volatile List<Watched> latest = List.of();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "auspex-watch");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * How it is done.
     *
     * @param period how often an Observation is stored
     * @param window the time that its figures are about
     * @param keep how long Observations are kept
     */
    public record Terms(Duration period, Duration window, Duration keep) {

        private static final Duration SHORTEST = Duration.ofSeconds(2);

        public Terms {
            if (period.compareTo(SHORTEST) < 0 || window.compareTo(period) < 0 || keep.compareTo(window) < 0) {
                throw new IllegalArgumentException(
                        "auspex.watch.period is %s, window %s, keep %s; the first is at least %s, and each at least as long as the one before"
                                .formatted(period, window, keep, SHORTEST));
            }
        }

        Duration flush() {
            return period.dividedBy(2).compareTo(LONGEST_FLUSH) < 0 ? period.dividedBy(2) : LONGEST_FLUSH;
        }

        Instant slot(Instant time) {
            return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), period.toMillis()) * period.toMillis());
        }
    }

    ModelWatch(Parts parts, Models models, Terms terms, Clock clock) {
        this.tallies = parts.tallies();
        this.models = models;
        this.store = parts.store();
        this.table = parts.table();
        this.confirmations = parts.confirmations();
        this.transaction = parts.transaction();
        this.terms = terms;
        this.clock = clock;
    }

    /** What it works with. */
    record Parts(
            Tallies tallies,
            FhirStore store,
            WatchTable table,
            Confirmations confirmations,
            TransactionTemplate transaction) {}

    public void start() {
        var pause = terms.flush().toMillis();
        timer.scheduleWithFixedDelay(this::tickSafely, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** The figures of the time up to now, of the versions that answered in it; a minute old at most. */
    public List<Watched> latest() {
        return latest;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            flush();
        } catch (RuntimeException e) {
            LOG.warn("What was counted of models in the last minute is lost: the database is away ({})", e.toString());
        }
    }

    private void tickSafely() {
        try {
            tick();
        } catch (RuntimeException e) {
            LOG.error("The models could not be watched; the next look comes in {}", terms.flush(), e);
        }
    }

    private void tick() {
        flush();
        var now = clock.instant();
        latest = figures(now);
        // The other servers have added what they counted in that period by then.
        var done = terms.slot(now.minus(terms.flush().multipliedBy(2)));
        report(done.minus(terms.period()));
        prune(now);
    }

    /** What cannot be added now is counted on with what comes. */
    private void flush() {
        var counts = tallies.take();
        if (counts.isEmpty()) {
            return;
        }
        var slot = terms.slot(clock.instant());
        for (int attempt = 1; ; attempt++) {
            try {
                transaction.executeWithoutResult(status -> table.add(counts, slot));
                return;
            } catch (DataIntegrityViolationException | TransientDataAccessException e) {
                if (attempt == ATTEMPTS) {
                    tallies.add(counts);
                    throw e;
                }
            } catch (RuntimeException e) {
                tallies.add(counts);
                throw e;
            }
        }
    }

    private List<Watched> figures(Instant now) {
        return cards().flatMap(card -> watched(card, now.minus(terms.window()), now).stream())
                .toList();
    }

    private Stream<ModelCard> cards() {
        return models.serving().stream().filter(ModelCard::predicts);
    }

    private Optional<Watched> watched(ModelCard card, Instant from, Instant end) {
        var counts = table.counts(card.id(), terms.slot(from), end);
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        var first = table.counts(card.id(), WatchTable.FIRST, WatchTable.FIRST.plusMillis(1));
        return Optional.of(new Figures(card, counts, first)
                .of(
                        end,
                        Duration.between(from, end),
                        table.patients(card.id(), from, end),
                        confirmations.of(card, from, end)));
    }

    private void report(Instant slot) {
        var end = slot.plus(terms.period());
        cards().filter(card -> !table.counts(card.id(), slot, end).isEmpty())
                .filter(card -> !table.isReported(card.id(), slot))
                .forEach(card -> watched(card, end.minus(terms.window()), end)
                        .ifPresent(watched -> report(card.id(), slot, watched)));
    }

    private void report(ModelId model, Instant slot, Watched watched) {
        try {
            transaction.executeWithoutResult(status -> {
                table.claim(model, slot);
                var observation = store.create(WatchObservation.of(watched), store.nowhere());
                table.reported(model, slot, observation.getIdElement().getIdPart());
            });
        } catch (DataIntegrityViolationException e) {
            LOG.debug("Another server reports about {}", model);
        }
    }

    private void prune(Instant now) {
        table.forgetCounts(now.minus(terms.window()).minus(terms.period().multipliedBy(2)));
        transaction.executeWithoutResult(
                status -> table.forget(now.minus(terms.keep()), PRUNED).forEach(id -> store.delete("Observation", id)));
    }
}
