package org.auspex.operations.job;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.auspex.kernel.Models;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelCard;
import org.auspex.operations.Refusal;
import org.auspex.store.Member;
import org.auspex.store.Members;
import org.auspex.store.Subjects;
import org.auspex.worklist.Job;
import org.auspex.worklist.JobQuestion;
import org.auspex.worklist.Jobs;
import org.hl7.fhir.r4.model.OperationOutcome;

/**
 * Takes orders: looks up whom they are about with the client's own rights, and puts a question for each on the worklist.
 */
public final class JobDesk {

    private final Models models;
    private final Subjects subjects;
    private final Members members;
    private final Jobs jobs;

    public JobDesk(Models models, Subjects subjects, Members members, Jobs jobs) {
        this.models = models;
        this.subjects = subjects;
        this.members = members;
        this.jobs = jobs;
    }

    /** Opens a job and tells the client, with 202, where its answer will be. */
    public OperationOutcome accept(JobOrder order, RequestDetails http) {
        var cards = cards(order);
        var questions = questions(cards, members(order, http), order);
        var job = new Job(
                UUID.randomUUID().toString(), order.subjects(), order.asOf(), order.persist(), order.priority());
        jobs.open(job, questions);
        return Accepted.job(job.id(), questions.size(), http);
    }

    private List<ModelCard> cards(JobOrder order) {
        var cards = order.models().isEmpty()
                ? models.asked()
                : order.models().stream()
                        .flatMap(name -> models.named(name).stream())
                        .distinct()
                        .toList();
        cards.stream().filter(card -> !card.predicts()).findFirst().ifPresent(card -> {
            throw Refusal.ofTensors(card);
        });
        cards.stream()
                .map(ModelCard::id)
                .filter(id -> order.persist() && order.models().contains(id.toString()) && models.isShadow(id))
                .findFirst()
                .ifPresent(id -> {
                    throw Refusal.ofShadow(id);
                });
        return cards;
    }

    private List<Member> members(JobOrder order, RequestDetails http) {
        if (order.search()) {
            return members.found(order.subjects(), http);
        }
        var found = order.isGroup()
                ? members.ofGroup(order.subjects(), order.asOf(), http)
                : subjects.find(order.subjects(), http)
                        .map(subject -> List.of(new Member(subject, Optional.empty(), Optional.empty())));
        return found.orElseThrow(
                () -> new ResourceNotFoundException("%s is not on this server".formatted(order.subjects())));
    }

    /** Each model with each subject it is about, and those whom nobody is asked about. */
    private List<JobQuestion> questions(List<ModelCard> cards, List<Member> members, JobOrder order) {
        var questions = new ArrayList<JobQuestion>();
        for (var member : members) {
            if (member.excluded().isPresent()) {
                questions.add(
                        JobQuestion.excluded(member.subject(), member.excluded().get()));
                continue;
            }
            for (var card : cards) {
                var subject = member.subject().as(card.subjectType());
                if (subject.isPresent()) {
                    if (isMeant(card, subject.get(), order)) {
                        questions.add(JobQuestion.of(card.id(), subject.get(), member.partition()));
                    }
                } else if (!order.models().isEmpty()) {
                    throw new InvalidRequestException("Model %s is about an %s, and %s is none"
                            .formatted(
                                    card.id(),
                                    card.subjectType(),
                                    member.subject().reference()));
                }
            }
        }
        return questions.stream().distinct().toList();
    }

    /** Whether it is this version that is to answer about a subject. */
    private boolean isMeant(ModelCard card, Subject subject, JobOrder order) {
        return order.models().contains(card.id().toString()) || models.answers(card, subject);
    }
}
