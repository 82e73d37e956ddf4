package org.auspex.operations.evaluate;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.auspex.kernel.appraisal.Appraisal;
import org.auspex.kernel.appraisal.AppraisalOrder;
import org.auspex.kernel.appraisal.CohortAppraisal;
import org.auspex.kernel.appraisal.Conforming;
import org.auspex.kernel.appraisal.Design;
import org.auspex.kernel.appraisal.page.AppraisalPage;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelCard;
import org.auspex.store.JpaRecord;
import org.auspex.store.Members;
import org.auspex.store.Reports;

/** Models that foresee an outcome, held against what came after. */
public final class OutcomeEvaluation {

    private static final long SEED = 1;

    private final Members members;
    private final JpaRecord record;
    private final CohortAppraisal appraisal;
    private final Reports reports;
    private final Clock clock;

    /**
     * @param record only for what can be searched
     */
    public OutcomeEvaluation(
            Members members, JpaRecord record, CohortAppraisal appraisal, Reports reports, Clock clock) {
        this.members = members;
        this.record = record;
        this.appraisal = appraisal;
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * Reads a request.
     *
     * @throws InvalidRequestException with everything that is wrong with it
     */
    Ordered ordered(ModelCard card, RequestDetails http) {
        var request = EvaluateRequest.parse(http.getResource(), clock.instant());
        requireSearchable(request);
        var order = order(request, card, http);
        return new Ordered(order.subjects().size(), progress -> kept(appraisal.run(order, progress), request, card));
    }

    private void requireSearchable(EvaluateRequest request) {
        var problems = new ArrayList<String>();
        Stream.of(Optional.of(request.outcome()), request.index(), request.competing())
                .flatMap(Optional::stream)
                .forEach(criteria -> record.problem(criteria)
                        .ifPresent(why -> problems.add("'%s' cannot be looked for: %s".formatted(criteria, why))));
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(String.join("; ", problems));
        }
    }

    private AppraisalOrder order(EvaluateRequest request, ModelCard card, RequestDetails http) {
        var notAsked = new TreeMap<String, Integer>();
        var subjects = new LinkedHashSet<Subject>();
        var when = request.asOf().orElseGet(clock::instant);
        for (var member : request.whom().members(members, search -> members.found(search, http), when, http)) {
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
                request.whom().source(),
                List.copyOf(subjects),
                notAsked,
                new Design(request.asOf(), request.index(), request.outcome(), request.competing(), request.window()),
                request.whom().by(),
                request.thresholds(),
                request.conformal().map(level -> new Conforming(level, clock.instant())),
                Bootstrap.seeded(SEED));
    }

    private Reports.Kept kept(Appraisal judged, EvaluateRequest request, ModelCard card) {
        var resources = new EvaluationResources(card, request.whom(), request.words(), clock);
        var page = resources.page((made, when) -> new AppraisalPage(judged, made, when).html());
        var report = resources.report(new ReportGroups(judged).of(), request.asOf());
        var kept = reports.keep(card, resources.measure(), report, page);
        // Limits that the people held out speak against are reported and not used.
        judged.conformal()
                .filter(conformed -> !conformed.fit().coversTooFew())
                .ifPresent(conformed -> reports.calibrate(card, conformed.calibration()));
        return kept;
    }
}
