package org.auspex.interceptors.notice;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.worklist.Question;
import org.auspex.worklist.Worklist;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what happened to a resource into questions on the worklist. */
public final class Noticing {

    private static final Logger LOG = LoggerFactory.getLogger(Noticing.class);

    private final Triggers triggers;
    private final Worklist worklist;
    private final Clock clock;
    private final AtomicLong missed = new AtomicLong();

    public Noticing(Triggers triggers, Worklist worklist, Clock clock) {
        this.triggers = triggers;
        this.worklist = worklist;
        this.clock = clock;
    }

    void created(Resource resource) {
        offer(resource, () -> predictions(resource));
    }

    void updated(Resource resource) {
        offer(resource, () -> predictions(resource));
        removed(resource);
    }

    /** A resource was deleted, or changed so that what rests on it may fall. */
    void removed(Resource resource) {
        offer(
                resource,
                () -> triggers.isRead(resource)
                        ? List.of(Question.review(plain(resource), cause(resource)))
                        : List.of());
    }

    /** How many resources could not be put on the worklist since the server started. */
    long missed() {
        return missed.get();
    }

    private List<Question> predictions(Resource resource) {
        return triggers.of(resource, clock.instant()).stream()
                .map(ask -> Question.predict(ask, cause(resource)))
                .toList();
    }

    /**
     * Whatever goes wrong here, the write it happens in goes on: a card whose FHIRPath fails on this one resource must
     * not keep a patient's data out of the record.
     */
    private void offer(Resource resource, Supplier<List<Question>> questions) {
        try {
            if (!worklist.offer(questions.get())) {
                missed.incrementAndGet();
            }
        } catch (RuntimeException e) {
            missed.incrementAndGet();
            LOG.error("{} could not be looked at; the sweep will try again", plain(resource), e);
        }
    }

    private static String cause(Resource resource) {
        return plain(resource) + "/_history/" + version(resource);
    }

    static String version(Resource resource) {
        return resource.getMeta().hasVersionId()
                ? resource.getMeta().getVersionId()
                : String.valueOf(resource.getIdElement().getVersionIdPart());
    }

    private static String plain(Resource resource) {
        return Compartment.plain(
                resource.fhirType() + "/" + resource.getIdElement().getIdPart());
    }
}
