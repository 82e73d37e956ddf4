package org.auspex.worklist;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.kernel.FailureReports;
import org.auspex.kernel.Models;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.Shadows;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.ModelId;

/**
 * Asks a shadow, and at the same moment the version that answers for the subject, and keeps both answers to be compared.
 * Nothing of it reaches the record, and no Task tells of a failure.
 */
final class Shadowing {

    private final Prediction prediction;
    private final Shadows shadows;
    private final Models models;
    private final Endings endings;
    private final Retries retries;

    Shadowing(Claims claims, WorkSettings settings, Tasks tasks, Models models) {
        this.prediction = tasks.prediction();
        this.shadows = tasks.shadows();
        this.models = models;
        this.endings = new Endings(claims, new KeptFailures(shadows));
        this.retries = new Retries(claims, settings, endings);
    }

    /** One subject after another: a shadow is in no hurry, and what fails then fails alone. */
    void work(List<Work> claimed) {
        retries.withoutExhausted(claimed).stream()
                .collect(Collectors.groupingBy(
                        work -> List.of(work.model(), work.subject()), LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(this::compare);
    }

    private void compare(List<Work> works) {
        var shadow = ModelId.parse(works.get(0).model());
        if (!models.isShadow(shadow)) {
            works.forEach(work -> endings.reviewed(work, "no shadow any more"));
            return;
        }
        try {
            var pair = ask(shadow, works.get(0));
            shadows.keep(pair);
            works.forEach(work -> endings.reviewed(work, pair.said().kind()));
        } catch (InferenceFailed e) {
            if (e.kind() == InferenceFailed.Kind.DOWN || e.kind() == InferenceFailed.Kind.BUSY) {
                retries.postponed(works, e);
            } else {
                retries.failed(works, e);
            }
        } catch (RuntimeException | Error e) {
            // Also when memory ran out: the thread must live, and the other shadows be asked.
            retries.failed(works, e);
        }
    }

    private Shadows.Pair ask(ModelId shadow, Work work) {
        var subject = List.of(work.subject());
        var asOf = work.claimedAt();
        var said = prediction.outcomes(shadow, subject, asOf, Priority.ROUTINE).get(0);
        var served = models.answering(shadow.name(), work.subject())
                .map(model -> new Shadows.Served(
                        model,
                        prediction
                                .outcomes(model, subject, asOf, Priority.ROUTINE)
                                .get(0)));
        return new Shadows.Pair(shadow, said, served, work.subject(), work.cause(), asOf);
    }

    /** Failures of shadows are counted with their answers. */
    private record KeptFailures(Shadows shadows) implements FailureReports {
        @Override
        public String report(Failure failure, Optional<String> before) {
            shadows.keepFailure(failure.model().orElseThrow(), failure.subject(), failure.cause(), failure.reason());
            return "auspex_shadow";
        }

        @Override
        public void answered(String report, String outcome) {
            // Nobody was told, so nobody is told otherwise; the answer is kept beside the failure.
        }
    }
}
