package org.auspex.operations.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.appraisal.Appraisal;
import org.auspex.kernel.evaluation.ConformalFit;
import org.auspex.kernel.evaluation.CurveEvaluation;
import org.auspex.kernel.evaluation.Discrimination;
import org.auspex.kernel.evaluation.Figure;
import org.auspex.kernel.evaluation.ProbabilityEvaluation;
import org.auspex.kernel.evaluation.ScoreEvaluation;
import org.auspex.kernel.evaluation.SurvivalEvaluation;
import org.hl7.fhir.r4.model.MeasureReport;

/** The figures of an appraisal as groups of a MeasureReport, one for each figure of all rows, with the subgroups as strata. */
record ReportGroups(Appraisal appraisal) {

    List<MeasureReport.MeasureReportGroupComponent> of() {
        var evaluation = appraisal.evaluation();
        var groups = new ArrayList<MeasureReport.MeasureReportGroupComponent>();
        if (evaluation instanceof ProbabilityEvaluation probabilities) {
            discrimination(probabilities.discrimination(), groups);
            groups.add(group("Brier score", probabilities.brierScore()));
            var calibration = probabilities.calibration();
            groups.add(group("expected to observed", calibration.expectedToObserved()));
            groups.add(group("calibration in the large", calibration.inTheLarge()));
            groups.add(group("calibration slope", calibration.slope()));
            groups.add(group("calibration intercept", calibration.intercept()));
        } else if (evaluation instanceof ScoreEvaluation scores) {
            discrimination(scores.discrimination(), groups);
        } else if (evaluation instanceof CurveEvaluation curves) {
            groups.add(group("concordance index", curves.order().concordance()));
            groups.add(group("integrated Brier score", curves.integratedBrierScore()));
            curves.horizons().forEach(horizon -> {
                groups.add(group("observed less foreseen risk at " + horizon.horizon(), horizon.inTheLarge()));
                groups.add(group("calibration slope at " + horizon.horizon(), horizon.slope()));
            });
        } else if (evaluation instanceof SurvivalEvaluation survival) {
            groups.add(group("concordance index", survival.concordance()));
        }
        appraisal.conformal().ifPresent(conformed -> groups.add(coverage(conformed.fit())));
        return groups;
    }

    /** How many of those held out had the truth in what could not be ruled out. */
    private MeasureReport.MeasureReportGroupComponent coverage(ConformalFit fit) {
        var group = new MeasureReport.MeasureReportGroupComponent();
        group.getCode().setText("conformal coverage at %s".formatted(fit.level()));
        ReportFigures.population(
                group, "initial-population", appraisal.description().rows());
        ReportFigures.population(group, "measure-population", fit.checkedOn());
        group.setMeasureScore(ReportFigures.score(fit.covered()));
        var by = fit.groups().stream().map(ConformalFit.Group::by).distinct().toList();
        for (var name : by) {
            var stratifier = group.addStratifier();
            stratifier.addCode().setText(name);
            fit.groups().stream().filter(one -> one.by().equals(name)).forEach(one -> {
                var stratum = stratifier.addStratum();
                stratum.getValue().setText(one.name());
                stratum.addPopulation()
                        .setCount(Math.toIntExact(one.covered().of()))
                        .getCode()
                        .addCoding()
                        .setSystem(ReportFigures.POPULATION)
                        .setCode("measure-population");
                stratum.setMeasureScore(ReportFigures.score(one.covered()));
            });
        }
        return group;
    }

    private void discrimination(Discrimination discrimination, List<MeasureReport.MeasureReportGroupComponent> groups) {
        groups.add(group("AUROC", discrimination.auroc()));
        groups.add(group("AUPRC", discrimination.averagePrecision()));
    }

    private MeasureReport.MeasureReportGroupComponent group(String name, Figure figure) {
        var group = new MeasureReport.MeasureReportGroupComponent();
        group.getCode().setText(name);
        ReportFigures.population(
                group, "initial-population", appraisal.description().rows());
        ReportFigures.population(
                group, "measure-population", appraisal.description().judged());
        group.setMeasureScore(ReportFigures.score(figure));
        ReportFigures.strata(name, appraisal.subgroups(), group);
        return group;
    }
}
