package org.auspex.operations.evaluate;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.auspex.kernel.ModelNotReady;
import org.auspex.kernel.Models;
import org.auspex.kernel.appraisal.AppraisalOrder;
import org.auspex.kernel.appraisal.AppraisalRefused;
import org.auspex.kernel.appraisal.CohortAppraisal;
import org.auspex.kernel.appraisal.Conforming;
import org.auspex.kernel.appraisal.Design;
import org.auspex.kernel.background.Background;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelCard;
import org.auspex.operations.ModelAsked;
import org.auspex.operations.Refusal;
import org.auspex.operations.job.Accepted;
import org.auspex.store.JpaRecord;
import org.auspex.store.Member;
import org.auspex.store.Members;
import org.auspex.store.Reports;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;

/** {@code POST [base]/Device/[id]/$evaluate}, where the Device is a version of a model that serves. Always answers 202. */
public final class EvaluateProvider {

    private static final long SEED = 1;

    private final Models models;
    private final Members members;
    private final JpaRecord record;
    private final CohortAppraisal appraisal;
    private final Background<Reports.Kept> evaluations;
    private final Reports reports;
    private final Clock clock;

    /**
     * @param record only for what can be searched
     */
    public EvaluateProvider(
            Models models,
            Members members,
            JpaRecord record,
            CohortAppraisal appraisal,
            Background<Reports.Kept> evaluations,
            Reports reports,
            Clock clock) {
        this.models = models;
        this.members = members;
        this.record = record;
        this.appraisal = appraisal;
        this.evaluations = evaluations;
        this.reports = reports;
        this.clock = clock;
    }

    @Operation(
            name = "$evaluate",
            typeName = "Device",
            canonicalUrl = "https://auspex-fhir.org/fhir/OperationDefinition/evaluate")
    public OperationOutcome evaluate(@IdParam IdType device, RequestDetails http) {
        var request = EvaluateRequest.parse(http.getResource(), clock.instant());
        var card = ModelAsked.card(device.getIdPart(), models);
        return Refusal.mapped(() -> begun(request, card, http));
    }

    private OperationOutcome begun(EvaluateRequest request, ModelCard card, RequestDetails http) {
        if (!card.predicts()) {
            throw Refusal.ofTensors(card);
        }
        var problem = models.problems().get(card.id());
        if (problem != null) {
            throw new ModelNotReady(card.id().toString(), problem);
        }
        requireSearchable(request);
        var order = order(request, card, http);
        var evaluation = new EvaluationResources(card, request, clock);
        var job = evaluations.begin(
                card.id().toString(),
                progress -> evaluation.keep(appraisal.run(order, progress), reports),
                AppraisalRefused.class);
        return Accepted.opened(
                EvaluateStatusProvider.STATUS,
                job.id(),
                "%s is judged on up to %d subjects"
                        .formatted(card.id(), order.subjects().size()),
                http);
    }

    private void requireSearchable(EvaluateRequest request) {
        var problems = new ArrayList<String>();
        Stream.concat(Stream.of(request.outcome()), request.index().stream())
                .forEach(criteria -> record.problem(criteria)
                        .ifPresent(why -> problems.add("'%s' cannot be looked for: %s".formatted(criteria, why))));
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(String.join("; ", problems));
        }
    }

    private AppraisalOrder order(EvaluateRequest request, ModelCard card, RequestDetails http) {
        var notAsked = new TreeMap<String, Integer>();
        var subjects = new LinkedHashSet<Subject>();
        for (var member : members(request, http)) {
            var subject = member.subject().as(card.subjectType());
            if (member.excluded().isPresent()) {
                notAsked.merge(member.excluded().get(), 1, Integer::sum);
            } else if (subject.isEmpty()) {
                notAsked.merge("the model is about a " + card.subjectType(), 1, Integer::sum);
            } else {
                subjects.add(subject.get());
            }
        }
        return new AppraisalOrder(
                card,
                request.group().or(request::query).orElseThrow(),
                List.copyOf(subjects),
                notAsked,
                new Design(request.asOf(), request.index(), request.outcome(), request.window()),
                request.by(),
                request.thresholds(),
                request.conformal().map(level -> new Conforming(level, clock.instant())),
                Bootstrap.seeded(SEED));
    }

    private List<Member> members(EvaluateRequest request, RequestDetails http) {
        return request.group()
                .map(group -> members.ofGroup(group, request.asOf().orElseGet(clock::instant), http)
                        .orElseThrow(() -> new ResourceNotFoundException("%s is not on this server".formatted(group))))
                .orElseGet(() -> members.found(request.query().orElseThrow(), http));
    }
}
