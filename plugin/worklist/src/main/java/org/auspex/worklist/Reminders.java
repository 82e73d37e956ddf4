package org.auspex.worklist;

import java.util.List;
import org.auspex.kernel.FollowUps;

/** Looks at the steps that results propose when their time has come. */
final class Reminders {

    private final FollowUps steps;
    private final Retries retries;
    private final Endings endings;

    Reminders(Claims claims, WorkSettings settings, Tasks tasks) {
        this.steps = tasks.steps();
        this.endings = new Endings(claims, tasks.failures());
        this.retries = new Retries(claims, settings, endings);
    }

    void work(List<Work> claimed) {
        retries.withoutExhausted(claimed).forEach(this::look);
    }

    private void look(Work work) {
        try {
            endings.reviewed(work, steps.look(work.subject().reference()));
        } catch (RuntimeException | Error e) {
            retries.failed(List.of(work), e);
        }
    }
}
