package org.auspex.worklist;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.auspex.kernel.Models;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.Shadows;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.ModelId;

/**
 * Asks a shadow, and at the same moment the version that answers for the subject, and keeps both answers to be compared.
 * Nothing of it reaches the record, and no Task tells of a failure.
 */
final class Shadowing {

    private final Worklist worklist;
    private final Prediction prediction;
    private final Shadows shadows;
    private final Models models;
    private final Retries retries;
    private final Clock clock;

    Shadowing(Worklist worklist, WorkSettings settings, Tasks tasks, Models models, Clock clock) {
        this.worklist = worklist;
        this.prediction = tasks.prediction();
        this.shadows = tasks.shadows();
        this.models = models;
        this.retries = new Retries(worklist, settings, shadows::keepFailure, clock);
        this.clock = clock;
    }

    void work(List<Work> claimed) {
        retries.withoutExhausted(claimed).stream()
                .collect(Collectors.groupingBy(
                        work -> ModelId.parse(work.model()), LinkedHashMap::new, Collectors.toList()))
                .forEach(this::compare);
    }

    private void compare(ModelId shadow, List<Work> works) {
        if (!models.isShadow(shadow)) {
            worklist.finish(works, "done", "no shadow any more");
            return;
        }
        // One after another: a shadow is in no hurry, and what fails then fails alone.
        works.stream()
                .collect(Collectors.groupingBy(Work::subject, LinkedHashMap::new, Collectors.toList()))
                .forEach((subject, asked) -> compare(shadow, subject, asked));
    }

    private void compare(ModelId shadow, Subject subject, List<Work> works) {
        try {
            var now = clock.instant();
            var said = prediction.outcomes(shadow, List.of(subject), now, Priority.ROUTINE);
            var served = models.answering(shadow.name(), subject)
                    .map(model -> new Shadows.Served(
                            model,
                            prediction
                                    .outcomes(model, List.of(subject), now, Priority.ROUTINE)
                                    .get(0)));
            shadows.keep(new Shadows.Pair(
                    shadow, said.get(0), served, subject, works.get(0).cause(), now));
            worklist.finish(works, "done", said.get(0).kind());
        } catch (InferenceFailed e) {
            if (e.kind() == InferenceFailed.Kind.DOWN || e.kind() == InferenceFailed.Kind.BUSY) {
                retries.postponed(works, e);
            } else {
                retries.failed(works, e);
            }
        } catch (RuntimeException e) {
            retries.failed(works, e);
        }
    }
}
