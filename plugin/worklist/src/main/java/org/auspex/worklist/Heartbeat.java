package org.auspex.worklist;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the other servers that work goes on, so that a lease can be shorter than a slow batch. A server that dies or
 * sleeps shows nothing, and its work is given to another.
 */
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    /** A batch that takes so many leases hangs, and another server may have more luck with it. */
    private static final int MOST = 100;

    private final Claims claims;
    private final Duration lease;
    private final Set<Held> underWay = ConcurrentHashMap.newKeySet();

    Heartbeat(Claims claims, Duration lease) {
        this.claims = claims;
        this.lease = lease;
    }

    /** Three beats in a lease, so that one or two may come late. */
    Duration pause() {
        return lease.dividedBy(3);
    }

    /** Does {@code job} with the lease of {@code works} held. */
    void during(List<Work> works, Runnable job) {
        var held = new Held(works);
        underWay.add(held);
        try {
            job.run();
        } finally {
            underWay.remove(held);
        }
    }

    void beat() {
        underWay.forEach(this::keep);
    }

    private void keep(Held held) {
        if (System.nanoTime() - held.since < lease.toNanos() * MOST) {
            held.works.removeIf(work -> !claims.keep(work));
        } else if (!held.works.isEmpty()) {
            LOG.error("{} questions took longer than {} leases; another may have them", held.works.size(), MOST);
            held.works.clear();
        }
    }

    /** A batch under way; what has ended or was given to another leaves it. */
    private static final class Held {

        private final Set<Work> works = ConcurrentHashMap.newKeySet();
        private final long since = System.nanoTime();

        Held(List<Work> works) {
            this.works.addAll(works);
        }
    }
}
