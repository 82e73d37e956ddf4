package org.auspex.operations.evaluate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.appraisal.Appraisal;
import org.auspex.kernel.evaluation.ConformalFit;
import org.auspex.kernel.evaluation.CurveEvaluation;
import org.auspex.kernel.evaluation.Discrimination;
import org.auspex.kernel.evaluation.Figure;
import org.auspex.kernel.evaluation.ProbabilityEvaluation;
import org.auspex.kernel.evaluation.Proportion;
import org.auspex.kernel.evaluation.ScoreEvaluation;
import org.auspex.kernel.evaluation.Subgroup;
import org.auspex.kernel.evaluation.SurvivalEvaluation;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.StringType;

/** The figures of an appraisal as groups of a MeasureReport, one for each figure of all rows, with the subgroups as strata. */
record ReportGroups(Appraisal appraisal) {

    static final String INTERVAL = Systems.AUSPEX + "/StructureDefinition/interval-95";
    static final String UNDEFINED = Systems.AUSPEX + "/StructureDefinition/undefined-because";
    static final String WORSE = Systems.AUSPEX + "/StructureDefinition/worse-beyond-chance";

    private static final String POPULATION = "http://terminology.hl7.org/CodeSystem/measure-population";
    private static final int DIGITS = 4;

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
        population(group, "initial-population", appraisal.description().rows());
        population(group, "measure-population", fit.checkedOn());
        group.setMeasureScore(score(fit.covered()));
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
                        .setSystem(POPULATION)
                        .setCode("measure-population");
                stratum.setMeasureScore(score(one.covered()));
            });
        }
        return group;
    }

    private static Quantity score(Proportion covered) {
        var score = new Quantity();
        covered.share()
                .ifPresentOrElse(
                        share -> score.setValue(decimal(share))
                                .addExtension(interval(
                                        covered.low().orElseThrow(),
                                        covered.high().orElseThrow())),
                        () -> score.addExtension(UNDEFINED, new StringType("There are no rows")));
        return score;
    }

    private static Extension interval(double low, double high) {
        return new Extension(
                INTERVAL,
                new Range()
                        .setLow(new Quantity().setValue(decimal(low)))
                        .setHigh(new Quantity().setValue(decimal(high))));
    }

    private void discrimination(Discrimination discrimination, List<MeasureReport.MeasureReportGroupComponent> groups) {
        groups.add(group("AUROC", discrimination.auroc()));
        groups.add(group("AUPRC", discrimination.averagePrecision()));
    }

    private MeasureReport.MeasureReportGroupComponent group(String name, Figure figure) {
        var group = new MeasureReport.MeasureReportGroupComponent();
        group.getCode().setText(name);
        population(group, "initial-population", appraisal.description().rows());
        population(group, "measure-population", appraisal.description().judged());
        group.setMeasureScore(score(figure));
        var by = new ArrayList<String>();
        for (var subgroup : appraisal.subgroups().groups()) {
            if (!by.contains(subgroup.by())) {
                by.add(subgroup.by());
                strata(name, subgroup.by(), group);
            }
        }
        return group;
    }

    private static void population(MeasureReport.MeasureReportGroupComponent group, String code, int count) {
        group.addPopulation()
                .setCount(count)
                .getCode()
                .addCoding()
                .setSystem(POPULATION)
                .setCode(code);
    }

    /** The strata of a figure that is taken for subgroups. */
    private void strata(String name, String by, MeasureReport.MeasureReportGroupComponent group) {
        var stratifier = new MeasureReport.MeasureReportGroupStratifierComponent();
        stratifier.addCode().setText(by);
        appraisal.subgroups().groups().stream()
                .filter(subgroup -> subgroup.by().equals(by))
                .forEach(subgroup -> subgroup.figures().stream()
                        .filter(judged -> judged.measure().equals(name))
                        .forEach(judged -> stratifier.addStratum(stratum(subgroup, judged))));
        if (stratifier.hasStratum()) {
            group.addStratifier(stratifier);
        }
    }

    private static MeasureReport.StratifierGroupComponent stratum(Subgroup subgroup, Subgroup.Judged judged) {
        var stratum = new MeasureReport.StratifierGroupComponent();
        stratum.getValue().setText(subgroup.name());
        stratum.addPopulation()
                .setCount(subgroup.rows())
                .getCode()
                .addCoding()
                .setSystem(POPULATION)
                .setCode("measure-population");
        stratum.setMeasureScore(score(judged.figure()));
        judged.fromAll().ifPresent(difference -> stratum.addExtension(WORSE, new BooleanType(difference.worse())));
        return stratum;
    }

    private static Quantity score(Figure figure) {
        var score = new Quantity();
        figure.value().ifPresent(value -> score.setValue(decimal(value)));
        figure.confidence().ifPresent(ends -> score.addExtension(interval(ends.low(), ends.high())));
        figure.gap().ifPresent(why -> score.addExtension(UNDEFINED, new StringType(why)));
        return score;
    }

    private static BigDecimal decimal(double number) {
        return BigDecimal.valueOf(number).setScale(DIGITS, RoundingMode.HALF_UP);
    }
}
