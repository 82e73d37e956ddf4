package org.auspex.operations.predict;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.Answer;
import org.auspex.kernel.Models;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.findings.Explanation;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.operations.AnswerBundle;
import org.auspex.operations.Refusal;
import org.auspex.store.JpaRecord;
import org.auspex.store.Subjects;
import org.auspex.worklist.Question;
import org.auspex.worklist.Worklist;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;

/** Asks the models and gathers their answers. */
public final class PredictExecutor {

    private final Models models;
    private final Prediction prediction;
    private final Subjects subjects;
    private final JpaRecord record;
    private final Worklist worklist;

    /**
     * @param prediction on the store, with results that are stored
     * @param record only for matching search parameters, which needs nothing of what it stores
     * @param worklist where shadows are asked about what is asked here
     */
    public PredictExecutor(
            Models models, Prediction prediction, Subjects subjects, JpaRecord record, Worklist worklist) {
        this.models = models;
        this.prediction = prediction;
        this.subjects = subjects;
        this.record = record;
        this.worklist = worklist;
    }

    Bundle execute(PredictRequest request, RequestDetails http, Instant now) {
        var asked = request.data().isPresent() ? inData(request) : inStore(request, http);
        var answer = new AnswerBundle(http.getFhirServerBase());
        var refusals = new OperationOutcome();
        var results = 0;
        if (request.persist()) {
            asked.questions().forEach(question -> requireNoShadow(question.card()));
        }
        if (request.isStoredNow()) {
            asked.questions().forEach(question -> askShadows(question, now));
        }
        for (var question : asked.questions()) {
            var card = question.card();
            var given = asked.by()
                    .predict(
                            card.id(),
                            List.of(question.subject()),
                            request.asOf().orElse(now),
                            request.priority().orElse(Priority.URGENT))
                    .get(0);
            results += given.written().isPresent() ? 1 : 0;
            add(answer, refusals, card, given);
            if (request.explain() && given.written().isPresent()) {
                answer.add(explain(card, given));
            }
        }
        if (results == 0 && !request.models().isEmpty()) {
            throw new UnprocessableEntityException("Every model named abstains", refusals);
        }
        return answer.bundle();
    }

    private void requireNoShadow(ModelCard card) {
        if (models.isShadow(card.id())) {
            throw Refusal.ofShadow(card.id());
        }
    }

    /** The shadows of a model are asked what it is asked, when the workers get to it. */
    private void askShadows(Pair question, Instant now) {
        var asks = models.shadows(question.card().id().name()).stream()
                .map(shadow -> new Triggers.Ask(shadow, question.subject(), Duration.ZERO, true))
                .map(ask -> Question.predict(ask, "$predict/" + now, Optional.empty()))
                .toList();
        worklist.offer(asks);
    }

    private static void add(AnswerBundle answer, OperationOutcome refusals, ModelCard card, Answer given) {
        given.written().ifPresent(written -> written.resources().forEach(answer::add));
        if (given.outcome() instanceof Outcome.Abstained abstained) {
            answer.add(PredictAnswer.guidance(card, given.evidence(), abstained));
            PredictAnswer.issues(refusals, card, given);
        }
    }

    private org.hl7.fhir.r4.model.Observation explain(ModelCard card, Answer given) {
        return new Explanation(card)
                .of(given.evidence(), models.with(card.id(), model -> model.explain(given.evidence())));
    }

    private Asked inStore(PredictRequest request, RequestDetails http) {
        var reference = request.subject().orElseThrow();
        var subject = subjects.find(reference, http)
                .orElseThrow(() -> new ResourceNotFoundException("%s is not on this server".formatted(reference)));
        return new Asked(
                request.persist() ? prediction : prediction.withoutStoring(), questions(request, List.of(subject)));
    }

    private Asked inData(PredictRequest request) {
        var data = new BundleRecord(request.data().orElseThrow(), record::matches);
        var all = new ArrayList<>(data.subjects("Patient"));
        all.addAll(data.subjects("Encounter"));
        all.addAll(data.subjects("ImagingStudy"));
        all.addAll(data.subjects("DocumentReference"));
        var meant = request.subject()
                .map(reference -> all.stream()
                        .filter(subject -> subject.reference().equals(reference))
                        .toList())
                .orElse(all);
        if (meant.isEmpty()) {
            throw new InvalidRequestException(request.subject()
                    .map(reference -> "data holds no %s; add it to the Bundle".formatted(reference))
                    .orElse("data holds no Patient; add one to the Bundle"));
        }
        return new Asked(prediction.on(data), questions(request, meant));
    }

    /** Each model with each subject it is about. */
    private List<Pair> questions(PredictRequest request, List<Subject> meant) {
        return request.models().isEmpty()
                ? questions(models.asked(), meant).filter(this::isAnswered).toList()
                : request.models().stream()
                        .flatMap(name -> named(name, meant).stream())
                        .distinct()
                        .toList();
    }

    private List<Pair> named(String name, List<Subject> meant) {
        var cards = models.named(name);
        var card = cards.get(0);
        if (!card.predicts()) {
            throw Refusal.ofTensors(card);
        }
        var fitting = questions(cards, meant).toList();
        if (fitting.isEmpty()) {
            var type = ("AEIOU".indexOf(card.subjectType().charAt(0)) < 0 ? "a " : "an ") + card.subjectType();
            throw new InvalidRequestException(
                    "Model %s is about %s, and none is named; ask with %s".formatted(card.id(), type, type));
        }
        if (name.contains("|")) {
            return fitting;
        }
        var answered = fitting.stream().filter(this::isAnswered).toList();
        if (answered.isEmpty()) {
            throw new ResourceNotFoundException(
                    "No version of %s answers about this subject: %s is %s; name a version, as in %s"
                            .formatted(name, card.id(), models.rollout(card), card.id()));
        }
        return answered;
    }

    private static Stream<Pair> questions(List<ModelCard> cards, List<Subject> meant) {
        return cards.stream()
                .flatMap(card -> meant.stream()
                        .flatMap(subject -> subject.as(card.subjectType()).stream())
                        .distinct()
                        .map(subject -> new Pair(card, subject)));
    }

    private boolean isAnswered(Pair question) {
        return models.answers(question.card(), question.subject());
    }

    /** One model and one subject. */
    private record Pair(ModelCard card, Subject subject) {}

    /** What is asked, and on which record. */
    private record Asked(Prediction by, List<Pair> questions) {}
}
