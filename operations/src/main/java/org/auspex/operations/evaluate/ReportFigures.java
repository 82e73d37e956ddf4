package org.auspex.operations.evaluate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.auspex.kernel.evaluation.Figure;
import org.auspex.kernel.evaluation.Proportion;
import org.auspex.kernel.evaluation.Subgroup;
import org.auspex.kernel.evaluation.Subgroups;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.StringType;

/** Figures, counts and subgroups as a MeasureReport says them. */
final class ReportFigures {

    static final String POPULATION = "http://terminology.hl7.org/CodeSystem/measure-population";

    private static final String INTERVAL = Systems.AUSPEX + "/StructureDefinition/interval-95";
    private static final String UNDEFINED = Systems.AUSPEX + "/StructureDefinition/undefined-because";
    private static final String WORSE = Systems.AUSPEX + "/StructureDefinition/worse-beyond-chance";
    private static final int DIGITS = 4;

    private ReportFigures() {}

    static void population(MeasureReport.MeasureReportGroupComponent group, String code, int count) {
        group.addPopulation()
                .setCount(count)
                .getCode()
                .addCoding()
                .setSystem(POPULATION)
                .setCode(code);
    }

    /** The strata of a figure that is taken for subgroups. */
    static void strata(String name, Subgroups subgroups, MeasureReport.MeasureReportGroupComponent group) {
        subgroups.groups().stream().map(Subgroup::by).distinct().forEach(by -> {
            var stratifier = new MeasureReport.MeasureReportGroupStratifierComponent();
            stratifier.addCode().setText(by);
            subgroups.groups().stream()
                    .filter(subgroup -> subgroup.by().equals(by))
                    .forEach(subgroup -> subgroup.figures().stream()
                            .filter(judged -> judged.measure().equals(name))
                            .forEach(judged -> stratifier.addStratum(stratum(subgroup, judged))));
            if (stratifier.hasStratum()) {
                group.addStratifier(stratifier);
            }
        });
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

    static Quantity score(Figure figure) {
        var score = new Quantity();
        figure.value().ifPresent(value -> score.setValue(decimal(value)));
        figure.confidence().ifPresent(ends -> score.addExtension(interval(ends.low(), ends.high())));
        figure.gap().ifPresent(why -> score.addExtension(UNDEFINED, new StringType(why)));
        return score;
    }

    static Quantity score(Proportion covered) {
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

    private static BigDecimal decimal(double number) {
        return BigDecimal.valueOf(number).setScale(DIGITS, RoundingMode.HALF_UP);
    }
}
