package org.auspex.kernel.appraisal.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.auspex.kernel.appraisal.page.Chart.Axis;
import org.auspex.kernel.appraisal.page.Chart.Ink;
import org.auspex.kernel.appraisal.page.Chart.Point;
import org.auspex.kernel.evaluation.CalibrationCurve;
import org.auspex.kernel.evaluation.DecisionCurve;
import org.auspex.kernel.evaluation.Figure;
import org.auspex.kernel.evaluation.FreeCurve;
import org.auspex.kernel.evaluation.HorizonEvaluation;
import org.auspex.kernel.evaluation.Interval;
import org.auspex.kernel.evaluation.RiskGroups;

/** The plots of an appraisal. */
final class Plots {

    private static final Axis SHARE = new Axis("Observed", 0, 1);
    private static final List<Point> DIAGONAL = List.of(new Point(0, 0), new Point(1, 1));
    private static final Ink[] GROUPS = {Ink.MODEL, Ink.SECOND, Ink.THIRD};
    private static final String[] NAMES = {"lowest risk", "middle", "highest risk"};

    private static final int TENTHS = 10;

    private Plots() {}

    static String calibration(CalibrationCurve curve) {
        var chart = new Chart("Calibration", new Axis("Predicted probability", 0, 1), SHARE)
                .line(Ink.REFERENCE, DIAGONAL, "perfect calibration");
        curve.groups()
                .forEach(group -> chart.mark(
                        new Point(
                                group.meanProbability(),
                                group.observed().share().orElseThrow()),
                        group.observed().low().orElseThrow(),
                        group.observed().high().orElseThrow()));
        if (!curve.smooth().isEmpty()) {
            chart.line(
                    Ink.MODEL,
                    curve.smooth().stream()
                            .map(point -> new Point(point.probability(), point.observed()))
                            .toList(),
                    "smoothed");
        }
        return chart.toString();
    }

    static String calibration(HorizonEvaluation horizon, String unit) {
        var chart = new Chart(
                        "Calibration at " + Words.number(horizon.horizon()) + " " + unit,
                        new Axis("Foreseen risk by %s %s".formatted(Words.number(horizon.horizon()), unit), 0, 1),
                        SHARE)
                .line(Ink.REFERENCE, DIAGONAL, "perfect calibration");
        horizon.groups()
                .forEach(group -> group.observedRisk()
                        .value()
                        .ifPresent(observed -> chart.mark(
                                new Point(group.meanRisk(), observed),
                                end(group.observedRisk(), Interval::low),
                                end(group.observedRisk(), Interval::high))));
        return chart.toString();
    }

    /** The end of an interval; the figure itself where it has none. */
    private static double end(Figure figure, ToDoubleFunction<Interval> end) {
        return figure.confidence()
                .map(end::applyAsDouble)
                .orElseGet(() -> figure.value().orElseThrow());
    }

    static String decisions(DecisionCurve curve, double prevalence) {
        var model = new ArrayList<Point>();
        var low = new ArrayList<Point>();
        var high = new ArrayList<Point>();
        var all = new ArrayList<Point>();
        for (var point : curve.points()) {
            point.netBenefit().value().ifPresent(benefit -> {
                model.add(new Point(point.threshold(), benefit));
                low.add(new Point(point.threshold(), end(point.netBenefit(), Interval::low)));
                high.add(new Point(point.threshold(), end(point.netBenefit(), Interval::high)));
            });
            if (point.ofAll() >= -0.1 * prevalence) {
                all.add(new Point(point.threshold(), point.ofAll()));
            }
        }
        var top = Math.max(0.01, 1.1 * prevalence);
        return new Chart(
                        "Decision curve",
                        new Axis("Threshold probability", 0, 1),
                        new Axis("Net benefit", -0.1 * top, top))
                .band(Ink.MODEL, low, high)
                .line(Ink.MODEL, model, "act on the model")
                .line(Ink.SECOND, all, "act on everybody")
                .line(Ink.REFERENCE, List.of(new Point(0, 0), new Point(1, 0)), "act on nobody")
                .toString();
    }

    /** Tenths of the scale, the last with its end. */
    static String dice(List<Double> dice) {
        var counts = new int[TENTHS];
        dice.forEach(one -> counts[Math.min(TENTHS - 1, (int) (TENTHS * one))]++);
        var most = Arrays.stream(counts).max().orElse(0);
        var chart = new Chart("Dice", new Axis("Dice's coefficient", 0, 1), new Axis("Marks", 0, Math.max(1, most)));
        for (var i = 0; i < TENTHS; i++) {
            chart.bar((double) i / TENTHS, (i + 1.0) / TENTHS, counts[i]);
        }
        return chart.toString();
    }

    static String survival(RiskGroups groups, String estimator, String unit) {
        var end = groups.curves().stream().mapToDouble(FreeCurve::end).max().orElse(0);
        var chart = new Chart(
                estimator + " by risk group",
                new Axis("Time" + (unit.isEmpty() ? "" : " (" + unit + ")"), 0, Math.max(end, Double.MIN_NORMAL)),
                new Axis("Free of the event", 0, 1));
        for (var i = 0; i < groups.curves().size(); i++) {
            var curve = groups.curves().get(i);
            chart.band(GROUPS[i], steps(curve, FreeCurve.Step::low), steps(curve, FreeCurve.Step::high));
            chart.line(
                    GROUPS[i],
                    steps(curve, FreeCurve.Step::free),
                    name(i, groups.curves().size()));
        }
        return chart.toString();
    }

    static String name(int group, int of) {
        if (of == 1) {
            return "all rows";
        }
        return group == of - 1 ? NAMES[2] : NAMES[group];
    }

    private static List<Point> steps(FreeCurve curve, ToDoubleFunction<FreeCurve.Step> of) {
        var points = new ArrayList<Point>();
        var here = 1.0;
        points.add(new Point(0, here));
        for (var step : curve.steps()) {
            points.add(new Point(step.time(), here));
            here = of.applyAsDouble(step);
            points.add(new Point(step.time(), here));
        }
        points.add(new Point(curve.end(), here));
        return points;
    }
}
