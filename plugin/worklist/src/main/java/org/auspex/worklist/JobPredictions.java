package org.auspex.worklist;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.kernel.Models;
import org.auspex.kernel.Prediction;

/** Answers claimed questions of jobs, each as its job asks them. */
final class JobPredictions {

    private final Jobs jobs;
    private final Claims claims;
    private final Prediction prediction;
    private final Predictions predictions;

    JobPredictions(Worklist worklist, Claims claims, WorkSettings settings, Tasks tasks, Models models, Clock clock) {
        this.jobs = worklist.jobs();
        this.claims = claims;
        this.prediction = tasks.prediction();
        this.predictions = new Predictions(claims, settings, new Endings(claims), models, clock);
    }

    void work(List<Work> claimed) {
        var behind = jobs.behind(claimed);
        claimed.stream()
                .collect(Collectors.groupingBy(Asked::of, LinkedHashMap::new, Collectors.toList()))
                .forEach((asked, works) -> Optional.ofNullable(behind.get(asked.job()))
                        .ifPresentOrElse(
                                job -> predictions.work(terms(job, asked.model()), works),
                                () -> claims.end(works, "cancelled", Optional.empty(), Optional.empty())));
    }

    private Predictions.Terms terms(Job job, String model) {
        return new Predictions.Terms(
                model,
                job.persist() ? prediction : prediction.withoutStoring(),
                Optional.of(job.asOf()),
                job.priority());
    }

    /** What is asked in one batch. */
    private record Asked(String job, String model) {

        static Asked of(Work work) {
            return new Asked(Job.behind(work), work.model());
        }
    }
}
