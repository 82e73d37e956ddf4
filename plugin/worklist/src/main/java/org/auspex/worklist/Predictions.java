package org.auspex.worklist;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Models models;
    private final Endings endings;
    private final Retries retries;
    private final Clock clock;

    Predictions(Claims claims, WorkSettings settings, Endings endings, Models models, Clock clock) {
        this.claims = claims;
        this.models = models;
        this.endings = endings;
        this.retries = new Retries(claims, settings, endings);
        this.clock = clock;
    }

    /**
     * How the questions are asked.
     *
     * @param model {@code name|version}, or a name, which means the version that answers for each subject now
     * @param asOf empty = when they were claimed
     */
    record Terms(String model, Prediction prediction, Optional<Instant> asOf, Priority priority) {}

    void work(Terms terms, List<Work> claimed) {
        var open = retries.withoutExhausted(claimed).stream()
                .collect(Collectors.groupingBy(Work::subject, LinkedHashMap::new, Collectors.toList()));
        if (open.isEmpty() || predict(terms, open)) {
            return;
        }
        // One poisoned subject must not take the others with it: each gets a batch of its own.
        open.forEach((subject, works) -> {
            var ours = works.stream().filter(claims::keep).toList();
            if (!ours.isEmpty()) {
                predict(terms, Map.of(subject, ours));
            }
        });
    }

    /**
     * @return false if many failed together, so that each is to be tried alone
     */
    private boolean predict(Terms terms, Map<Subject, List<Work>> open) {
        try {
            List.copyOf(open.keySet()).stream()
                    .collect(Collectors.groupingBy(subject -> models.resolve(terms.model(), subject)))
                    .forEach((model, subjects) -> answer(terms, model, subjects, open));
            return true;
        } catch (RuntimeException | Error e) {
            // Also when memory ran out or a library did not load: the thread must live, and the question be seen to
            // fail.
            return failed(open, e);
        }
    }

    /** What runs the model is away for all of them; anything else may be the fault of one. */
    private boolean failed(Map<Subject, List<Work>> open, Throwable e) {
        var one = open.size() == 1;
        if (one || isAway(e)) {
            failed(open.values().stream().flatMap(List::stream).toList(), e);
        }
        return one || isAway(e);
    }

    private void failed(List<Work> works, Throwable e) {
        if (e instanceof LeaseLost) {
            LOG.warn(e.getMessage());
        } else if (isAway(e)) {
            retries.postponed(works, e);
        } else {
            retries.failed(works, e);
        }
    }

    private static boolean isAway(Throwable e) {
        return e instanceof InferenceFailed failed
                && (failed.kind() == InferenceFailed.Kind.DOWN || failed.kind() == InferenceFailed.Kind.BUSY);
    }

    private void answer(Terms terms, ModelId model, List<Subject> subjects, Map<Subject, List<Work>> open) {
        var asOf = terms.asOf()
                .orElseGet(() -> open.values().iterator().next().get(0).claimedAt());
        var begun = clock.millis();
        var answers = terms.prediction()
                .settling((subject, result) -> endings.result(open.getOrDefault(subject, List.of()), result))
                .predict(model, subjects, asOf, terms.priority());
        for (int i = 0; i < subjects.size(); i++) {
            var works = open.getOrDefault(subjects.get(i), List.of());
            var answer = answers.get(i);
            answer.failure().ifPresent(why -> failed(works, why));
            if (answer.outcome() instanceof Outcome.Abstained abstained) {
                endings.abstained(works, reasons(abstained));
            }
        }
        LOG.info("{} answered about {} subjects in {} ms", model, subjects.size(), clock.millis() - begun);
    }

    private static String reasons(Outcome.Abstained abstained) {
        return abstained.reasons().stream().map(Outcome.Reason::toString).collect(Collectors.joining("; "));
    }
}
