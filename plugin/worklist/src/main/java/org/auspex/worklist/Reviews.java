package org.auspex.worklist;

import java.time.Clock;
import java.util.List;
import org.auspex.kernel.Corrections;

/** Reviews what rests on resources that were corrected, moved or deleted, and asks again where something fell. */
final class Reviews {

    private final Worklist worklist;
    private final Corrections corrections;
    private final Retries retries;

    Reviews(Worklist worklist, WorkSettings settings, Tasks tasks, Clock clock) {
        this.worklist = worklist;
        this.corrections = tasks.corrections();
        this.retries = new Retries(worklist, settings, tasks.failures(), clock);
    }

    void work(List<Work> claimed) {
        retries.withoutExhausted(claimed).forEach(this::review);
    }

    private void review(Work work) {
        try {
            var again = corrections.review(work.subject().reference()).stream()
                    .map(ask -> Question.predict(ask, work.cause(), work.partition()))
                    .toList();
            if (!worklist.offer(again)) {
                throw new IllegalStateException("%d predictions could not be asked for again".formatted(again.size()));
            }
            worklist.finish(List.of(work), "done", again.size() + " predictions asked for again");
        } catch (RuntimeException e) {
            retries.failed(List.of(work), e);
        }
    }
}
