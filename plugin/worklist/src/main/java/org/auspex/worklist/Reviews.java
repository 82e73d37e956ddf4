package org.auspex.worklist;

import java.time.Duration;
import java.util.List;
import org.auspex.kernel.Corrections;

/** Reviews what rests on resources that were corrected, moved or deleted, and asks again where something fell. */
final class Reviews {

    private static final Duration UNTIL_OVERTAKEN = Duration.ofSeconds(1);

    private final Worklist worklist;
    private final Claims claims;
    private final Corrections corrections;
    private final Retries retries;
    private final Endings endings;

    Reviews(Worklist worklist, Claims claims, WorkSettings settings, Tasks tasks) {
        this.worklist = worklist;
        this.claims = claims;
        this.corrections = tasks.corrections();
        this.endings = new Endings(claims, tasks.failures());
        this.retries = new Retries(claims, settings, endings);
    }

    void work(List<Work> claimed) {
        retries.withoutExhausted(claimed).forEach(this::review);
    }

    private void review(Work work) {
        try {
            var overtaking = claims.isOvertaking(work);
            var again = corrections.review(work.subject().reference()).stream()
                    .map(ask -> Question.predict(ask, work.cause(), work.partition()))
                    .toList();
            if (!worklist.offer(again)) {
                throw new IllegalStateException("%d predictions could not be asked for again".formatted(again.size()));
            }
            if (overtaking) {
                claims.postpone(List.of(work), UNTIL_OVERTAKEN, "Predictions began before the correction");
            } else {
                endings.reviewed(work, again.size() + " predictions asked for again");
            }
        } catch (RuntimeException | Error e) {
            retries.failed(List.of(work), e);
        }
    }
}
