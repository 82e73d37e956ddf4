package org.auspex.operations.predict;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.Answer;
import org.auspex.kernel.Models;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.ServingModel;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.findings.Explanation;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.store.JpaRecord;
import org.auspex.store.Subjects;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;

/** Asks the models and gathers their answers. */
public final class PredictExecutor {

    private final Models models;
    private final Prediction prediction;
    private final Subjects subjects;
    private final JpaRecord record;

    /**
     * @param prediction on the store, with results that are stored
     * @param record only for matching search parameters, which needs nothing of what it stores
     */
    public PredictExecutor(Models models, Prediction prediction, Subjects subjects, JpaRecord record) {
        this.models = models;
        this.prediction = prediction;
        this.subjects = subjects;
        this.record = record;
    }

    Bundle execute(PredictRequest request, RequestDetails http, Instant now) {
        var asked = request.data().isPresent() ? inData(request) : inStore(request, http);
        var answer = new PredictAnswer(http.getFhirServerBase());
        var refusals = new OperationOutcome();
        var results = 0;
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

    private static void add(PredictAnswer answer, OperationOutcome refusals, ModelCard card, Answer given) {
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
    private List<Question> questions(PredictRequest request, List<Subject> meant) {
        var named = !request.models().isEmpty();
        var cards = named
                ? request.models().stream()
                        .map(name -> models.with(models.resolve(name), ServingModel::card))
                        .distinct()
                        .toList()
                : models.active();
        var questions = new ArrayList<Question>();
        for (var card : cards) {
            if (!card.predicts()) {
                throw new InvalidRequestException(
                        "Model %s computes tensors and says nothing about anybody; call it at /v2"
                                .formatted(card.id()));
            }
            var fitting = meant.stream()
                    .flatMap(subject -> fit(card, subject).stream())
                    .distinct()
                    .toList();
            if (fitting.isEmpty() && named) {
                throw new InvalidRequestException("Model %s is about an %s, and none is named; ask with an %s"
                        .formatted(card.id(), card.subjectType(), card.subjectType()));
            }
            fitting.forEach(subject -> questions.add(new Question(card, subject)));
        }
        return questions;
    }

    /** A model about patients, asked with an encounter, is about the encounter's patient. */
    private static java.util.Optional<Subject> fit(ModelCard card, Subject subject) {
        if (card.subjectType().equals(subject.type())) {
            return java.util.Optional.of(subject);
        }
        return card.subjectType().equals("Patient")
                ? java.util.Optional.of(Subject.patient(subject.patient()))
                : java.util.Optional.empty();
    }

    /** One model and one subject. */
    private record Question(ModelCard card, Subject subject) {}

    /** What is asked, and on which record. */
    private record Asked(Prediction by, List<Question> questions) {}
}
