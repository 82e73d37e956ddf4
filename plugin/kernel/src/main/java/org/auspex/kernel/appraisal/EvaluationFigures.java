package org.auspex.kernel.appraisal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auspex.kernel.evaluation.CurveEvaluation;
import org.auspex.kernel.evaluation.Discrimination;
import org.auspex.kernel.evaluation.Evaluation;
import org.auspex.kernel.evaluation.Figure;
import org.auspex.kernel.evaluation.HorizonEvaluation;
import org.auspex.kernel.evaluation.ProbabilityEvaluation;
import org.auspex.kernel.evaluation.RankingEvaluation;
import org.auspex.kernel.evaluation.ScoreEvaluation;
import org.auspex.kernel.evaluation.SurvivalEvaluation;

/** An evaluation as names and values, in the words of statistics. */
public final class EvaluationFigures {

    private EvaluationFigures() {}

    /** In the order in which they are read. */
    public static Map<String, Object> of(Evaluation evaluation) {
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
            report.put("expectedToObserved", figure(probabilities.calibration().expectedToObserved()));
        } else if (evaluation instanceof ScoreEvaluation scores) {
            report.put("positives", scores.positives());
            discrimination(scores.discrimination(), report);
        } else if (evaluation instanceof RankingEvaluation rankings) {
            report.put("top1Accuracy", figure(rankings.top1()));
            report.put("top3Accuracy", figure(rankings.top3()));
            report.put("top1AccuracyOfMajority", figure(rankings.majorityTop1()));
            report.put("top3AccuracyOfMajority", figure(rankings.majorityTop3()));
            report.put("top1AccuracyLessThatOfMajority", figure(rankings.difference()));
        } else if (evaluation instanceof SurvivalEvaluation survival) {
            order(survival, report);
        } else if (evaluation instanceof CurveEvaluation curves) {
            curves(curves, report);
        }
        return report;
    }

    private static void order(SurvivalEvaluation survival, Map<String, Object> report) {
        report.put("events", survival.events());
        report.put("comparablePairs", survival.comparablePairs());
        report.put("concordanceIndex", figure(survival.concordance()));
    }

    private static void curves(CurveEvaluation curves, Map<String, Object> report) {
        order(curves.order(), report);
        report.put("integratedBrierScoreUpTo", curves.end());
        report.put("integratedBrierScore", figure(curves.integratedBrierScore()));
        report.put("integratedBrierScoreOfKaplanMeier", figure(curves.ofKaplanMeier()));
        report.put("integratedBrierScoreLessThatOfKaplanMeier", figure(curves.difference()));
        report.put(
                "horizons",
                curves.horizons().stream().map(EvaluationFigures::horizon).toList());
    }

    private static Map<String, Object> horizon(HorizonEvaluation horizon) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("horizon", horizon.horizon());
        shown.put("meanRisk", horizon.meanRisk());
        shown.put("observedRisk", figure(horizon.observedRisk()));
        shown.put("calibrationInTheLarge", figure(horizon.inTheLarge()));
        shown.put("calibrationSlope", figure(horizon.slope()));
        shown.put(
                "groups",
                horizon.groups().stream().map(EvaluationFigures::group).toList());
        return shown;
    }

    private static Map<String, Object> group(HorizonEvaluation.RiskGroup group) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("rows", group.rows());
        shown.put("meanRisk", group.meanRisk());
        shown.put("observedRisk", figure(group.observedRisk()));
        return shown;
    }

    private static void discrimination(Discrimination discrimination, Map<String, Object> report) {
        report.put("auroc", figure(discrimination.auroc()));
        report.put("auprc", figure(discrimination.averagePrecision()));
    }

    static Map<String, Object> figure(Figure figure) {
        var shown = new LinkedHashMap<String, Object>();
        figure.value().ifPresent(value -> shown.put("value", value));
        figure.confidence().ifPresent(interval -> shown.put("interval95", List.of(interval.low(), interval.high())));
        figure.gap().ifPresent(reason -> shown.put("undefined", reason));
        return shown;
    }
}
