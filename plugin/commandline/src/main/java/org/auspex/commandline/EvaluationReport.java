package org.auspex.commandline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auspex.kernel.evaluation.Discrimination;
import org.auspex.kernel.evaluation.Evaluation;
import org.auspex.kernel.evaluation.Figure;
import org.auspex.kernel.evaluation.ProbabilityEvaluation;
import org.auspex.kernel.evaluation.ScoreEvaluation;
import org.auspex.kernel.evaluation.SurvivalEvaluation;

/** An evaluation as names and values, in the words of statistics. */
final class EvaluationReport {

    private EvaluationReport() {}

    static Map<String, Object> of(Evaluation evaluation) {
        var report = new LinkedHashMap<String, Object>();
        if (evaluation instanceof ProbabilityEvaluation probabilities) {
            report.put("positives", probabilities.positives());
            discrimination(probabilities.discrimination(), report);
            report.put("brierScore", figure(probabilities.brierScore()));
            report.put(
                    "calibrationInTheLarge", figure(probabilities.calibration().inTheLarge()));
            report.put("calibrationSlope", figure(probabilities.calibration().slope()));
            report.put(
                    "calibrationIntercept", figure(probabilities.calibration().intercept()));
        } else if (evaluation instanceof ScoreEvaluation scores) {
            report.put("positives", scores.positives());
            discrimination(scores.discrimination(), report);
        } else if (evaluation instanceof SurvivalEvaluation survival) {
            report.put("events", survival.events());
            report.put("comparablePairs", survival.comparablePairs());
            report.put("concordanceIndex", figure(survival.concordance()));
        }
        return report;
    }

    private static void discrimination(Discrimination discrimination, Map<String, Object> report) {
        report.put("auroc", figure(discrimination.auroc()));
        report.put("auprc", figure(discrimination.averagePrecision()));
    }

    private static Map<String, Object> figure(Figure figure) {
        var shown = new LinkedHashMap<String, Object>();
        figure.value().ifPresent(value -> shown.put("value", value));
        figure.confidence().ifPresent(interval -> shown.put("interval95", List.of(interval.low(), interval.high())));
        figure.gap().ifPresent(reason -> shown.put("undefined", reason));
        return shown;
    }
}
