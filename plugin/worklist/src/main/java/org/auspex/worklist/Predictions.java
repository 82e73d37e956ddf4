package org.auspex.worklist;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.auspex.kernel.Answer;
import org.auspex.kernel.Models;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers claimed questions of one model: one prediction per subject, all subjects in one batch. */
final class Predictions {

    private static final Logger LOG = LoggerFactory.getLogger(Predictions.class);

    private final Worklist worklist;
    private final Prediction prediction;
    private final Models models;
    private final Retries retries;
    private final Clock clock;

    Predictions(Worklist worklist, WorkSettings settings, Tasks tasks, Models models, Clock clock) {
        this.worklist = worklist;
        this.prediction = tasks.prediction();
        this.models = models;
        this.retries = new Retries(worklist, settings, tasks.failures(), clock);
        this.clock = clock;
    }

    /** Answers with the version of the model that answers for each subject now, whichever was when the question was asked. */
    void work(String name, List<Work> claimed) {
        var bySubject = retries.withoutExhausted(claimed).stream()
                .collect(Collectors.groupingBy(Work::subject, LinkedHashMap::new, Collectors.toList()));
        if (bySubject.isEmpty() || predict(name, bySubject) || bySubject.size() == 1) {
            return;
        }
        // One poisoned subject must not take the others with it: each gets a batch of its own.
        bySubject.forEach((subject, works) -> predict(name, Map.of(subject, works)));
    }

    private boolean predict(String name, Map<Subject, List<Work>> bySubject) {
        try {
            bySubject.keySet().stream()
                    .collect(Collectors.groupingBy(subject -> models.resolve(name, subject)))
                    .forEach((model, subjects) -> answer(model, subjects, bySubject));
            return true;
        } catch (InferenceFailed e) {
            if (e.kind() == InferenceFailed.Kind.DOWN || e.kind() == InferenceFailed.Kind.BUSY) {
                retries.postponed(
                        bySubject.values().stream().flatMap(List::stream).toList(), e);
                return true;
            }
            return failed(bySubject, e);
        } catch (RuntimeException e) {
            return failed(bySubject, e);
        }
    }

    private boolean failed(Map<Subject, List<Work>> bySubject, RuntimeException e) {
        if (bySubject.size() == 1) {
            retries.failed(bySubject.values().iterator().next(), e);
        }
        return false;
    }

    private void answer(ModelId model, List<Subject> subjects, Map<Subject, List<Work>> bySubject) {
        var begun = clock.millis();
        var answers = prediction.predict(model, subjects, clock.instant(), Priority.ROUTINE);
        for (int i = 0; i < subjects.size(); i++) {
            record(bySubject.getOrDefault(subjects.get(i), List.of()), answers.get(i));
        }
        LOG.info("{} answered about {} subjects in {} ms", model, subjects.size(), clock.millis() - begun);
    }

    private void record(List<Work> works, Answer answer) {
        if (answer.outcome() instanceof Outcome.Abstained abstained) {
            worklist.finish(
                    works,
                    "abstained",
                    abstained.reasons().stream().map(Outcome.Reason::toString).collect(Collectors.joining("; ")));
        } else {
            worklist.finish(works, "done", answer.outcome().kind());
        }
    }
}
