package org.auspex.interceptors.notice;

import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.auspex.kernel.Triggers;
import org.auspex.store.Changes;
import org.auspex.worklist.Worklist;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what could not be put on the worklist when it was stored. Looks through the store's history when the server
 * starts and whenever something was missed; otherwise it only notes that nothing was.
 */
public final class Sweep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** A transaction may commit this long after the time that HAPI gave its resources. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final Noticing noticing;
    private final Triggers triggers;
    private final Changes changes;
    private final Worklist worklist;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "auspex-sweep");
        thread.setDaemon(true);
        return thread;
    });
    private boolean first = true;

    public Sweep(Noticing noticing, Triggers triggers, Changes changes, Worklist worklist, Clock clock) {
        this.noticing = noticing;
        this.triggers = triggers;
        this.changes = changes;
        this.worklist = worklist;
        this.clock = clock;
    }

    /** Sweeps now, and then again and again after a pause. */
    public void start(Duration pause) {
        timer.scheduleWithFixedDelay(this::sweepSafely, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void sweepSafely() {
        try {
            sweep();
        } catch (RuntimeException e) {
            LOG.error("The sweep failed and is tried again", e);
        }
    }

    /**
     * What was missed may belong to a transaction that has not committed yet and cannot be seen, so the sweep goes on for
     * a while after the last miss. Asking twice does no harm.
     */
    private void sweep() {
        var begun = clock.instant();
        var missed = noticing.hasMissedSince(begun.minus(MARGIN));
        var covered = worklist.coveredUntil();
        if (covered.isPresent() && (first || missed)) {
            var since = covered.get().minus(MARGIN);
            var versions = triggers.typesSwept().stream()
                    .mapToInt(type -> changes.between(type, since, begun, this::lookAt))
                    .sum();
            if (missed) {
                LOG.info("Looked at {} versions stored since {}", versions, since);
            }
        }
        if (!missed) {
            worklist.coverUntil(begun);
        }
        first = false;
    }

    private void lookAt(Resource resource) {
        if (ResourceMetadataKeyEnum.DELETED_AT.get(resource) != null) {
            noticing.deleted(resource);
        } else if (Noticing.version(resource).equals("1")) {
            noticing.created(resource);
        } else {
            noticing.updated(resource);
        }
    }
}
