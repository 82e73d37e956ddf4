package org.auspex.worklist;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    private final Claims claims;
    private final Prediction prediction;
    private final Models models;
    private final Endings endings;
    private final Retries retries;
    private final Clock clock;

    Predictions(Claims claims, WorkSettings settings, Tasks tasks, Models models, Clock clock) {
        this.claims = claims;
        this.prediction = tasks.prediction();
        this.models = models;
        this.endings = new Endings(claims, tasks.failures());
        this.retries = new Retries(claims, settings, endings);
        this.clock = clock;
    }

    /** Answers with the version of the model that answers for each subject now, whichever was when the question was asked. */
    void work(String name, List<Work> claimed) {
        var open = retries.withoutExhausted(claimed).stream()
                .collect(Collectors.groupingBy(Work::subject, LinkedHashMap::new, Collectors.toList()));
        if (open.isEmpty() || predict(name, open)) {
            return;
        }
        // One poisoned subject must not take the others with it: each gets a batch of its own.
        for (var subject : List.copyOf(open.keySet())) {
            var works = open.getOrDefault(subject, List.of()).stream()
                    .filter(claims::keep)
                    .toList();
            if (!works.isEmpty()) {
                predict(name, new LinkedHashMap<>(Map.of(subject, works)));
            }
        }
    }

    /**
     * @param open what is answered leaves it
     * @return false if one of many failed, so that each is to be tried alone
     */
    private boolean predict(String name, Map<Subject, List<Work>> open) {
        var works = List.copyOf(open.values());
        try {
            List.copyOf(open.keySet()).stream()
                    .collect(Collectors.groupingBy(subject -> models.resolve(name, subject)))
                    .forEach((model, subjects) -> answer(model, subjects, open));
            return true;
        } catch (InferenceFailed e) {
            if (e.kind() == InferenceFailed.Kind.DOWN || e.kind() == InferenceFailed.Kind.BUSY) {
                retries.postponed(open.values().stream().flatMap(List::stream).toList(), e);
                return true;
            }
            return failed(works, e);
        } catch (RuntimeException | Error e) {
            // Also when memory ran out or a library did not load: the thread must live, and the question be seen to
            // fail.
            return failed(works, e);
        }
    }

    private boolean failed(List<List<Work>> works, Throwable e) {
        if (works.size() > 1) {
            return false;
        }
        if (e instanceof LeaseLost) {
            LOG.warn(e.getMessage());
        } else {
            retries.failed(works.get(0), e);
        }
        return true;
    }

    private void answer(ModelId model, List<Subject> subjects, Map<Subject, List<Work>> open) {
        var asOf = open.values().iterator().next().get(0).claimedAt();
        var begun = clock.millis();
        var settled = new ArrayList<Subject>();
        var settling = prediction.settling((subject, result) -> {
            endings.result(open.getOrDefault(subject, List.of()), result);
            settled.add(subject);
        });
        try {
            var answers = settling.predict(model, subjects, asOf, Priority.ROUTINE);
            for (int i = 0; i < subjects.size(); i++) {
                if (answers.get(i).outcome() instanceof Outcome.Abstained abstained) {
                    endings.abstained(open.getOrDefault(subjects.get(i), List.of()), reasons(abstained));
                    settled.add(subjects.get(i));
                }
            }
        } finally {
            settled.forEach(open::remove);
        }
        LOG.info("{} answered about {} subjects in {} ms", model, subjects.size(), clock.millis() - begun);
    }

    private static String reasons(Outcome.Abstained abstained) {
        return abstained.reasons().stream().map(Outcome.Reason::toString).collect(Collectors.joining("; "));
    }
}
