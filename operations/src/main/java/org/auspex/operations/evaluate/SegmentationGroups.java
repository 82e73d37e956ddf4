package org.auspex.operations.evaluate;

import java.util.List;
import org.auspex.kernel.appraisal.SegmentationAppraisal;
import org.auspex.kernel.evaluation.Figure;
import org.hl7.fhir.r4.model.MeasureReport;

/** The figures of a model that marks as groups of a MeasureReport, with numbers of studies. */
final class SegmentationGroups {

    private SegmentationGroups() {}

    static List<MeasureReport.MeasureReportGroupComponent> of(SegmentationAppraisal judged) {
        return List.of(
                group("mean Dice", judged.evaluation().mean(), judged),
                group("median Dice", judged.evaluation().median(), judged));
    }

    private static MeasureReport.MeasureReportGroupComponent group(
            String name, Figure figure, SegmentationAppraisal judged) {
        var group = new MeasureReport.MeasureReportGroupComponent();
        group.getCode().setText(name);
        ReportFigures.population(group, "initial-population", judged.studies());
        ReportFigures.population(group, "measure-population", judged.judged());
        ReportFigures.population(group, "measure-population-exclusion", judged.withoutReference());
        group.setMeasureScore(ReportFigures.score(figure));
        ReportFigures.strata(name, judged.subgroups(), group);
        return group;
    }
}
