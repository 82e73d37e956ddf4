package org.auspex.autoconfigure;

import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import java.time.Clock;
import org.auspex.kernel.Models;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.appraisal.CohortAppraisal;
import org.auspex.kernel.appraisal.SegmentationAppraiser;
import org.auspex.kernel.background.Background;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.operations.evaluate.EvaluateProvider;
import org.auspex.operations.evaluate.EvaluateStatusProvider;
import org.auspex.operations.evaluate.OutcomeEvaluation;
import org.auspex.operations.evaluate.SegmentationEvaluation;
import org.auspex.store.CalibrationInbox;
import org.auspex.store.JpaRecord;
import org.auspex.store.JpaStore;
import org.auspex.store.Reports;
import org.springframework.context.annotation.Bean;

/** Judging models on people of this server, in the background. */
class AuspexEvaluation {

    private static final Clock CLOCK = Clock.systemUTC();

    @Bean(destroyMethod = "close")
    Background<Reports.Kept> auspexEvaluations() {
        return new Background<>("evaluation", Thread.NORM_PRIORITY);
    }

    @Bean(destroyMethod = "close")
    CalibrationInbox auspexCalibrationInbox(JpaStore store, Models models, Home home) {
        return store.calibrationInbox(home.calibrations(), models);
    }

    @Bean
    EvaluateProvider auspexEvaluateProvider(
            Models models,
            JpaStore store,
            JpaRecord record,
            MatchUrlService searches,
            Prediction prediction,
            EvidenceReader reader,
            Background<Reports.Kept> evaluations,
            AuspexSettings settings) {
        var members = store.members(searches, settings.jobs().maxSubjects());
        var reports = store.reports();
        var marked = new SegmentationAppraiser(store.markedStudies(), reader);
        return new EvaluateProvider(
                models,
                new OutcomeEvaluation(members, record, new CohortAppraisal(prediction, reader, CLOCK), reports, CLOCK),
                new SegmentationEvaluation(members, marked, reports, CLOCK),
                evaluations);
    }

    @Bean
    EvaluateStatusProvider auspexEvaluateStatusProvider(Background<Reports.Kept> evaluations) {
        return new EvaluateStatusProvider(evaluations);
    }
}
