package org.auspex.interceptors.notice;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.store.FailureTasks;
import org.auspex.store.FollowUpTasks;
import org.auspex.store.JpaVocabulary;
import org.auspex.store.Partitions;
import org.auspex.store.Studies;
import org.auspex.worklist.Question;
import org.auspex.worklist.Worklist;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.ValueSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what happened to a resource into questions on the worklist. */
public final class Noticing {

    private static final Logger LOG = LoggerFactory.getLogger(Noticing.class);

    private final Triggers triggers;
    private final Worklist worklist;
    private final JpaVocabulary vocabulary;
    private final Consumer<String> studies;
    private final Clock clock;
    private volatile Instant lastMissed = Instant.MIN;

    /**
     * Who is told what.
     *
     * @param worklist of questions
     * @param studies of Study Instance UIDs, whose images an operator wants to be put into the record once more
     */
    public record Told(Worklist worklist, Consumer<String> studies) {}

    public Noticing(Triggers triggers, Told told, JpaVocabulary vocabulary, Clock clock) {
        this.triggers = triggers;
        this.worklist = told.worklist();
        this.studies = told.studies();
        this.vocabulary = vocabulary;
        this.clock = clock;
    }

    void created(Resource resource) {
        forgetTerms(resource);
        offer(resource, () -> predictions(resource));
        if (resource instanceof Task task) {
            offer(task, () -> due(task));
        }
    }

    /** A step that a result proposes is looked at when its time has come. */
    private List<Question> due(Task task) {
        return FollowUpTasks.untilOverdue(task, clock.instant())
                .map(left -> Question.due(plain(task), left, Partitions.number(task)))
                .stream()
                .toList();
    }

    void updated(Resource resource) {
        if (resource instanceof Task task && FailureTasks.asksAgain(task)) {
            askAgain(task);
        }
        forgetTerms(resource);
        offer(resource, () -> predictions(resource));
        review(resource, cause(resource));
    }

    /** The hook still has the last version, which may have asked for a review when it was stored. */
    void deleted(Resource resource) {
        forgetTerms(resource);
        review(resource, cause(resource) + "/deleted");
    }

    /** An operator has seen the failure and wants another attempt. */
    private void askAgain(Task task) {
        try {
            var study = Studies.ofStudy(task);
            if (study.isPresent()) {
                studies.accept(study.get());
            } else {
                LOG.info("{} asks {} questions again", plain(task), worklist.again(plain(task)));
            }
        } catch (RuntimeException e) {
            LOG.error("What {} shows could not be asked again; set its status once more", plain(task), e);
        }
    }

    /** What codes mean may be otherwise from now on. */
    private void forgetTerms(Resource resource) {
        if (resource instanceof ValueSet || resource instanceof ConceptMap) {
            vocabulary.forget();
        }
    }

    /** What rests on a resource that changed may fall. */
    private void review(Resource resource, String cause) {
        offer(
                resource,
                () -> triggers.isRead(resource)
                        ? List.of(Question.review(plain(resource), cause, Partitions.number(resource)))
                        : List.of());
    }

    /** Whether something could not be put on the worklist since then. */
    boolean hasMissedSince(Instant time) {
        return lastMissed.isAfter(time);
    }

    private List<Question> predictions(Resource resource) {
        var partition = Partitions.number(resource);
        return triggers.of(resource, clock.instant()).stream()
                .map(ask -> Question.predict(ask, cause(resource), partition))
                .toList();
    }

    /**
     * Whatever goes wrong here, the write it happens in goes on: a card whose FHIRPath fails on this one resource must
     * not keep a patient's data out of the record.
     */
    private void offer(Resource resource, Supplier<List<Question>> questions) {
        try {
            if (!worklist.offer(questions.get())) {
                lastMissed = clock.instant();
            }
        } catch (RuntimeException e) {
            lastMissed = clock.instant();
            LOG.error("{} could not be looked at; the sweep will try again", plain(resource), e);
        }
    }

    private static String cause(Resource resource) {
        return plain(resource) + "/_history/" + version(resource);
    }

    static String version(Resource resource) {
        return resource.getMeta().hasVersionId()
                ? resource.getMeta().getVersionId()
                : String.valueOf(resource.getIdElement().getVersionIdPart());
    }

    private static String plain(Resource resource) {
        return Compartment.plain(
                resource.fhirType() + "/" + resource.getIdElement().getIdPart());
    }
}
