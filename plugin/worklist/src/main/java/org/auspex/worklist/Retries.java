package org.auspex.worklist;

import java.time.Clock;
import java.util.List;
import org.auspex.kernel.FailureReports;
import org.auspex.kernel.model.ModelId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides after a failure between another attempt and giving up. */
final class Retries {

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

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
        var reason = why.getClass().getSimpleName() + ": " + why.getMessage();
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
            LOG.error(
                    "{} about {} failed {} times and is given up",
                    work.model(),
                    work.subject().reference(),
                    work.attempt(),
                    why);
            report(work, reason);
            worklist.finish(works, "failed", reason);
        }
    }

    private void report(Work work, String reason) {
        var bar = work.model().indexOf('|');
        if (bar > 0) {
            var model = new ModelId(work.model().substring(0, bar), work.model().substring(bar + 1));
            failures.report(model, work.subject(), work.cause(), reason);
        }
    }
}
