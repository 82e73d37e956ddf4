package org.auspex.worklist;

import java.time.Clock;
import java.util.List;
import org.auspex.kernel.FailureReports;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.model.ModelId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides after a failure between another attempt and giving up. */
final class Retries {

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    /** As long as after so many attempts. */
    private static final int POSTPONED = 4;

    private final Worklist worklist;
    private final WorkSettings settings;
    private final FailureReports failures;
    private final Clock clock;

    Retries(Worklist worklist, WorkSettings settings, FailureReports failures, Clock clock) {
        this.worklist = worklist;
        this.settings = settings;
        this.failures = failures;
        this.clock = clock;
    }

    /** Everything that is asked about one subject failed together, and is retried or given up together. */
    void failed(List<Work> works, RuntimeException why) {
        var work = works.get(0);
        var reason = reason(why);
        if (work.attempt() < settings.attempts()) {
            var due = clock.instant().plus(settings.backoffAfter(work.attempt()));
            LOG.warn(
                    "{} about {} failed, attempt {}; next at {}: {}",
                    work.model(),
                    work.subject().reference(),
                    work.attempt(),
                    due,
                    reason);
            worklist.retry(works, due, reason);
        } else {
            giveUp(works, reason);
        }
    }

    /** What runs the model is gone or has too much to do: no fault of the questions, which wait as long as it takes. */
    void postponed(List<Work> works, InferenceFailed why) {
        var due = clock.instant().plus(settings.backoffAfter(POSTPONED));
        LOG.warn("{} questions wait until {}: {}", works.size(), due, why.getMessage());
        worklist.postpone(works, due, reason(why));
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
                List.of(work), "The server stopped %d times while it worked on this".formatted(settings.attempts())));
        return claimed.stream().filter(work -> !exhausted.contains(work)).toList();
    }

    private void giveUp(List<Work> works, String reason) {
        var work = works.get(0);
        LOG.error(
                "{} about {} failed {} times and is given up: {}",
                work.model(),
                work.subject().reference(),
                work.attempt(),
                reason);
        if (!work.model().isEmpty()) {
            failures.report(ModelId.parse(work.model()), work.subject(), work.cause(), reason);
        }
        worklist.finish(works, "failed", reason);
    }

    /** Our own messages hold no patient content; those of libraries may, so only their class is kept. */
    private static String reason(RuntimeException why) {
        var name = why.getClass().getName();
        return name.startsWith("org.auspex.") ? why.getClass().getSimpleName() + ": " + why.getMessage() : name;
    }
}
