package org.auspex.kernel.appraisal;

import static org.auspex.kernel.appraisal.EvaluationFigures.figure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.auspex.kernel.evaluation.CalibrationCurve;
import org.auspex.kernel.evaluation.DecisionCurve;
import org.auspex.kernel.evaluation.Threshold;

/** An appraisal as names and values, in the words of statistics. */
public final class AppraisalFigures {

    private AppraisalFigures() {}

    /** All of it, in the order in which it is read. */
    public static Map<String, Object> of(Appraisal appraisal) {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("model", appraisal.card().id().toString());
        figures.put("output", appraisal.output().name());
        describe(appraisal.description(), figures);
        figures.putAll(EvaluationFigures.of(appraisal.evaluation()));
        curves(appraisal, figures);
        figures.put("baselines", each(appraisal.comparisons(), GroupFigures::comparison));
        figures.put("subgroups", each(appraisal.subgroups().groups(), GroupFigures::subgroup));
        figures.put("subgroupComparisons", appraisal.subgroups().comparisons());
        appraisal.conformal().ifPresent(conformed -> figures.put("conformal", ConformalFigures.of(conformed)));
        figures.put("cautions", each(Caution.of(appraisal), Caution::text));
        figures.put("resamples", appraisal.bootstrap().resamples());
        figures.put("seed", appraisal.bootstrap().seed());
        return figures;
    }

    private static void describe(Description description, Map<String, Object> figures) {
        figures.put("rows", description.rows());
        if (!description.leftOut().isEmpty()) {
            figures.put("leftOut", description.leftOut());
        }
        figures.put("judged", description.judged());
        description.rivals().ifPresent(rivals -> figures.put("competingEvents", rivals));
        figures.put("abstained", description.excluded());
        figures.put("abstainedFirst", description.firstExcluded());
        var missing = new LinkedHashMap<String, Integer>();
        description.inputs().forEach(input -> missing.put(input.name(), input.missing()));
        figures.put("missing", missing);
        figures.put("inputs", each(description.inputs(), AppraisalFigures::input));
        description.medianFollowUp().ifPresent(median -> figures.put("medianFollowUp", median));
    }

    private static void curves(Appraisal appraisal, Map<String, Object> figures) {
        appraisal
                .calibration()
                .ifPresent(curve -> figures.put("calibrationCurve", each(curve.groups(), AppraisalFigures::group)));
        appraisal
                .calibration()
                .filter(curve -> !curve.smooth().isEmpty())
                .ifPresent(curve -> figures.put(
                        "smoothedCalibration",
                        each(curve.smooth(), point -> List.of(point.probability(), point.observed()))));
        appraisal
                .decisions()
                .ifPresent(curve -> figures.put("decisionCurve", each(curve.points(), AppraisalFigures::point)));
        if (!appraisal.thresholds().isEmpty()) {
            figures.put("thresholds", each(appraisal.thresholds(), AppraisalFigures::threshold));
        }
        appraisal.riskGroups().ifPresent(groups -> figures.put("riskGroups", RiskGroupFigures.of(groups)));
    }

    private static <T, R> List<R> each(List<T> all, Function<T, R> shown) {
        return all.stream().map(shown).toList();
    }

    private static Map<String, Object> input(InputDescription input) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("name", input.name());
        shown.put("missing", input.missing());
        shown.put("unusable", input.unusable());
        input.quartiles().ifPresent(quartiles -> shown.put("quartiles", quartiles));
        if (!input.categories().isEmpty()) {
            shown.put("categories", input.categories());
        }
        return shown;
    }

    private static Map<String, Object> group(CalibrationCurve.Group group) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("meanProbability", group.meanProbability());
        shown.put("observed", ConformalFigures.proportion(group.observed()));
        return shown;
    }

    private static Map<String, Object> point(DecisionCurve.Point point) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("threshold", point.threshold());
        shown.put("netBenefit", figure(point.netBenefit()));
        shown.put("ofTreatingAll", point.ofAll());
        return shown;
    }

    private static Map<String, Object> threshold(Threshold threshold) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("from", threshold.from());
        shown.put("flagged", ConformalFigures.proportion(threshold.flagged()));
        shown.put("sensitivity", ConformalFigures.proportion(threshold.sensitivity()));
        shown.put("specificity", ConformalFigures.proportion(threshold.specificity()));
        shown.put("positivePredictiveValue", ConformalFigures.proportion(threshold.positivePredictiveValue()));
        shown.put("negativePredictiveValue", ConformalFigures.proportion(threshold.negativePredictiveValue()));
        return shown;
    }
}
