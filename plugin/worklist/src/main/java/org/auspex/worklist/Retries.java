package org.auspex.worklist;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides after a failure between another attempt and giving up. */
final class Retries {

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    /** As long as after so many attempts. */
    private static final int POSTPONED = 4;

    private final Claims claims;
    private final WorkSettings settings;
    private final Endings endings;

    Retries(Claims claims, WorkSettings settings, Endings endings) {
        this.claims = claims;
        this.settings = settings;
        this.endings = endings;
    }

    /** Everything that is asked about one subject failed together, and is retried or given up together. */
    void failed(List<Work> works, Throwable why) {
        var work = works.get(0);
        var reason = reason(why);
        if (work.attempt() < settings.attempts()) {
            var wait = settings.backoffAfter(work.attempt());
            LOG.warn(
                    "{} about {} failed, attempt {}; next in {}: {}",
                    work.model(),
                    work.subject().reference(),
                    work.attempt(),
                    wait,
                    reason);
            claims.retry(works, wait, reason);
        } else {
            giveUp(works, reason);
        }
    }

    /** What runs the model is gone or has too much to do: no fault of the questions, which wait as long as it takes. */
    void postponed(List<Work> works, Throwable why) {
        var wait = settings.backoffAfter(POSTPONED);
        LOG.warn("{} questions wait for {}: {}", works.size(), wait, why.getMessage());
        claims.postpone(works, wait, reason(why));
    }

    /**
     * Gives up what was claimed more often than it may fail: whoever worked on it died each time before it could say
     * so. What is left may be tried.
     */
    List<Work> withoutExhausted(List<Work> claimed) {
        var exhausted = claimed.stream()
                .filter(work -> work.attempt() > settings.attempts())
                .toList();
        exhausted.forEach(work -> giveUp(
                List.of(work),
                "The server stopped each time that it worked on this, %d times".formatted(settings.attempts())));
        return claimed.stream().filter(work -> !exhausted.contains(work)).toList();
    }

    void giveUp(List<Work> works, String reason) {
        var work = works.get(0);
        LOG.error("{} about {} is given up: {}", work.model(), work.subject().reference(), reason);
        endings.failed(works, reason);
    }

    /** Our own messages hold no patient content; those of libraries may, so only their class is kept. */
    private static String reason(Throwable why) {
        var name = why.getClass().getName();
        return name.startsWith("org.auspex.") ? why.getClass().getSimpleName() + ": " + why.getMessage() : name;
    }
}
