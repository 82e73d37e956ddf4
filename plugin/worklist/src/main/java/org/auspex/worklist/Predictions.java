package org.auspex.worklist;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.auspex.kernel.Answer;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers claimed questions of one model: one prediction per subject, all subjects in one batch. */
final class Predictions {

    private static final Logger LOG = LoggerFactory.getLogger(Predictions.class);

    private final Worklist worklist;
    private final Prediction prediction;
    private final Retries retries;
    private final Clock clock;

    Predictions(Worklist worklist, WorkSettings settings, Tasks tasks, Clock clock) {
        this.worklist = worklist;
        this.prediction = tasks.prediction();
        this.retries = new Retries(worklist, settings, tasks.failures(), clock);
        this.clock = clock;
    }

    void work(List<Work> claimed) {
        var bySubject =
                claimed.stream().collect(Collectors.groupingBy(Work::subject, LinkedHashMap::new, Collectors.toList()));
        if (!predict(bySubject)) {
            // One poisoned subject must not take the others with it: each gets a batch of its own.
            bySubject.forEach((subject, works) -> {
                if (bySubject.size() > 1) {
                    predictOne(subject, works);
                }
            });
        }
    }

    private boolean predict(Map<Subject, List<Work>> bySubject) {
        try {
            answer(bySubject);
            return true;
        } catch (RuntimeException e) {
            if (bySubject.size() == 1) {
                retries.failed(bySubject.values().iterator().next(), e);
            }
            return false;
        }
    }

    private void predictOne(Subject subject, List<Work> works) {
        predict(Map.of(subject, works));
    }

    private void answer(Map<Subject, List<Work>> bySubject) {
        var subjects = List.copyOf(bySubject.keySet());
        var model = model(bySubject.values().iterator().next().get(0).model());
        var begun = clock.millis();
        var answers = prediction.predict(model, subjects, clock.instant());
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

    private static ModelId model(String text) {
        var bar = text.indexOf('|');
        return new ModelId(text.substring(0, bar), text.substring(bar + 1));
    }
}
