package org.auspex.kernel.appraisal.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.auspex.kernel.appraisal.Appraisal;
import org.auspex.kernel.evaluation.Calibration;
import org.auspex.kernel.evaluation.CurveEvaluation;
import org.auspex.kernel.evaluation.Discrimination;
import org.auspex.kernel.evaluation.HorizonEvaluation;
import org.auspex.kernel.evaluation.ProbabilityEvaluation;
import org.auspex.kernel.evaluation.RiskGroups;
import org.auspex.kernel.evaluation.ScoreEvaluation;
import org.auspex.kernel.evaluation.SurvivalEvaluation;

/** The figures of all rows together, with their plots. */
record FigureSections(Appraisal appraisal) {

    private static final List<String> NAMES = List.of("Figure", "Value (95 % interval)", "Best");

    void write(Markup page) {
        var evaluation = appraisal.evaluation();
        if (evaluation instanceof ProbabilityEvaluation probabilities) {
            discrimination(page, probabilities.discrimination());
            calibration(page, probabilities);
        } else if (evaluation instanceof ScoreEvaluation scores) {
            discrimination(page, scores.discrimination());
            page.paragraph("Points are no probabilities, so calibration and a decision curve are not defined.");
        } else if (evaluation instanceof CurveEvaluation curves) {
            order(page, curves.order());
            curves(page, curves);
        } else if (evaluation instanceof SurvivalEvaluation survival) {
            order(page, survival);
            page.paragraph("The model gives no risk at a time, so calibration is not defined.");
        }
        appraisal.riskGroups().ifPresent(groups -> riskGroups(page, groups));
        decisions(page);
        thresholds(page);
    }

    private void discrimination(Markup page, Discrimination discrimination) {
        page.heading("Discrimination");
        page.table(
                NAMES,
                List.of(
                        List.of("AUROC", Words.figure(discrimination.auroc()), "1; guessing 0.5"),
                        List.of(
                                "AUPRC (average precision)",
                                Words.figure(discrimination.averagePrecision()),
                                "1; guessing " + Words.fixed(prevalence()))));
    }

    private double prevalence() {
        return (double) appraisal.description().events()
                / appraisal.description().judged();
    }

    private void calibration(Markup page, ProbabilityEvaluation evaluation) {
        var calibration = evaluation.calibration();
        page.heading("Calibration");
        page.table(NAMES, rows(evaluation, calibration));
        appraisal.calibration().ifPresent(curve -> {
            page.raw(Plots.calibration(curve));
            page.table(
                    List.of("Tenth", "Mean probability", "Observed (95 % interval)"),
                    IntStream.range(0, curve.groups().size())
                            .mapToObj(i -> List.of(
                                    String.valueOf(i + 1),
                                    Words.fixed(curve.groups().get(i).meanProbability()),
                                    Words.proportion(curve.groups().get(i).observed())))
                            .toList());
        });
    }

    private static List<List<String>> rows(ProbabilityEvaluation evaluation, Calibration calibration) {
        return List.of(
                List.of("Expected to observed (E/O)", Words.figure(calibration.expectedToObserved()), "1"),
                List.of("Calibration in the large (log odds)", Words.figure(calibration.inTheLarge()), "0"),
                List.of("Calibration slope", Words.figure(calibration.slope()), "1"),
                List.of("Calibration intercept (log odds)", Words.figure(calibration.intercept()), "0"),
                List.of(
                        "Brier score",
                        Words.figure(evaluation.brierScore()),
                        "0; that of the prevalence is under Baselines"));
    }

    private void order(Markup page, SurvivalEvaluation survival) {
        page.heading("Discrimination");
        page.table(
                NAMES,
                List.of(List.of(
                        "Concordance index (Harrell), %d comparable pairs".formatted(survival.comparablePairs()),
                        Words.figure(survival.concordance()),
                        "1; guessing 0.5")));
    }

    private void curves(Markup page, CurveEvaluation curves) {
        page.heading("Calibration");
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(
                "Integrated Brier score up to %s".formatted(Words.number(curves.end())),
                Words.figure(curves.integratedBrierScore()),
                "0"));
        rows.add(List.of(
                "the same of the %s curve of these rows".formatted(estimator()),
                Words.figure(curves.ofKaplanMeier()),
                ""));
        rows.add(List.of("the first less the second", Words.figure(curves.difference()), "below 0"));
        curves.horizons().forEach(horizon -> rows.addAll(rows(horizon)));
        page.table(NAMES, rows);
        curves.horizons().forEach(horizon -> page.raw(Plots.calibration(horizon, unit())));
    }

    private List<List<String>> rows(HorizonEvaluation horizon) {
        var at = " at " + Words.number(horizon.horizon());
        return List.of(
                List.of("Mean foreseen risk" + at, Words.fixed(horizon.meanRisk()), ""),
                List.of("Observed risk (%s)".formatted(estimator()) + at, Words.figure(horizon.observedRisk()), ""),
                List.of("Observed less foreseen risk" + at, Words.figure(horizon.inTheLarge()), "0"),
                List.of("Calibration slope" + at, Words.figure(horizon.slope()), "1"));
    }

    private String unit() {
        return appraisal.output().followUp().map(followUp -> followUp.unit()).orElse("");
    }

    private String estimator() {
        return appraisal.description().rivals().isPresent() ? "Aalen-Johansen" : "Kaplan-Meier";
    }

    private void riskGroups(Markup page, RiskGroups groups) {
        page.heading("Risk groups").raw(Plots.survival(groups, estimator(), unit()));
        page.table(
                List.of("Third of the predicted risk", "Rows", "Events", "Free of the event at half of the follow-up"),
                IntStream.range(0, groups.curves().size())
                        .mapToObj(i -> {
                            var curve = groups.curves().get(i);
                            var half = curve.at(curve.end() / 2);
                            return List.of(
                                    Plots.name(i, groups.curves().size()),
                                    String.valueOf(curve.rows()),
                                    String.valueOf(curve.events()),
                                    "%s (%s to %s) at %s"
                                            .formatted(
                                                    Words.percent(half.free()),
                                                    Words.percent(half.low()),
                                                    Words.percent(half.high()),
                                                    Words.number(curve.end() / 2)));
                        })
                        .toList());
        page.paragraph(groups.highestToLowest()
                .map(ratio -> "Hazard ratio%s, highest to lowest third: %s (%s to %s)."
                        .formatted(
                                appraisal.description().rivals().isPresent() ? " (cause-specific)" : "",
                                Words.fixed(ratio.ratio()),
                                Words.fixed(ratio.low()),
                                Words.fixed(ratio.high())))
                .orElse("No hazard ratio: there is one group only, or no finite ratio is the likeliest."));
    }

    private void decisions(Markup page) {
        appraisal.decisions().ifPresent(curve -> {
            page.heading("Decision curve").raw(Plots.decisions(curve, prevalence()));
            page.paragraph(
                    "Net benefit for each row of acting from a probability on, with its 95 % interval. Where the model's line is not above those of"
                            + " acting on everybody and on nobody, it changes nothing for the better.");
        });
    }

    private void thresholds(Markup page) {
        if (appraisal.thresholds().isEmpty()) {
            return;
        }
        page.heading("Thresholds");
        page.paragraph("At the share of outcomes among these rows, %s.".formatted(Words.percent(prevalence())));
        page.table(
                List.of("Positive from", "Flagged", "Sensitivity", "Specificity", "PPV", "NPV"),
                appraisal.thresholds().stream()
                        .map(threshold -> List.of(
                                Words.number(threshold.from()),
                                Words.proportion(threshold.flagged()),
                                Words.proportion(threshold.sensitivity()),
                                Words.proportion(threshold.specificity()),
                                Words.proportion(threshold.positivePredictiveValue()),
                                Words.proportion(threshold.negativePredictiveValue())))
                        .toList());
    }
}
