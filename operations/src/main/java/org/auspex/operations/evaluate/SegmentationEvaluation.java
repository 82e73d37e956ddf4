package org.auspex.operations.evaluate;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.auspex.kernel.appraisal.SegmentationAppraisal;
import org.auspex.kernel.appraisal.SegmentationAppraiser;
import org.auspex.kernel.appraisal.SegmentationOrder;
import org.auspex.kernel.appraisal.page.SegmentationPage;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelCard;
import org.auspex.store.Members;
import org.auspex.store.Reports;

/** Models that mark in images, held against segmentations of people. */
public final class SegmentationEvaluation {

    private static final long SEED = 1;

    private final Members members;
    private final SegmentationAppraiser appraiser;
    private final Reports reports;
    private final Clock clock;

    public SegmentationEvaluation(Members members, SegmentationAppraiser appraiser, Reports reports, Clock clock) {
        this.members = members;
        this.appraiser = appraiser;
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * Reads a request.
     *
     * @throws InvalidRequestException with everything that is wrong with it
     */
    Ordered ordered(ModelCard card, RequestDetails http) {
        var whom = SegmentationRequest.parse(http.getResource());
        var notAsked = new TreeMap<String, Integer>();
        var subjects = new LinkedHashSet<Subject>();
        whom.members(members, search -> members.studies(search, http), clock.instant(), http)
                .forEach(member -> member.excluded()
                        .ifPresentOrElse(
                                why -> notAsked.merge(why, 1, Integer::sum), () -> subjects.add(member.subject())));
        var order = new SegmentationOrder(
                card, whom.source(), List.copyOf(subjects), notAsked, whom.by(), Bootstrap.seeded(SEED));
        return new Ordered(subjects.size(), progress -> kept(appraiser.run(order, progress), whom, card));
    }

    private Reports.Kept kept(SegmentationAppraisal judged, Whom whom, ModelCard card) {
        var words = "%s; segmentations of people that came after the model's".formatted(whom.source());
        var resources = new EvaluationResources(card, whom, words, clock);
        var page = resources.page((made, when) -> new SegmentationPage(judged, made, when).html());
        var report = resources.report(SegmentationGroups.of(judged), Optional.empty());
        return reports.keep(card, resources.measure(), report, page);
    }
}
