package org.auspex.kernel.appraisal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.auspex.kernel.evaluation.FreeCurve;
import org.auspex.kernel.evaluation.RiskGroups;

/** How groups of risk fared, as names and values. */
final class RiskGroupFigures {

    private static final int PARTS = 4;

    private RiskGroupFigures() {}

    static Map<String, Object> of(RiskGroups groups) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put(
                "groups", groups.curves().stream().map(RiskGroupFigures::curve).toList());
        groups.highestToLowest().ifPresent(ratio -> {
            var hazards = new LinkedHashMap<String, Object>();
            hazards.put("value", ratio.ratio());
            hazards.put("interval95", List.of(ratio.low(), ratio.high()));
            shown.put("hazardRatioHighestToLowest", hazards);
        });
        return shown;
    }

    /** The curve at the quarters of the time that anybody of the group was followed. */
    private static Map<String, Object> curve(FreeCurve curve) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("rows", curve.rows());
        shown.put("events", curve.events());
        shown.put(
                "free",
                IntStream.rangeClosed(1, PARTS)
                        .mapToDouble(part -> curve.end() * part / PARTS)
                        .mapToObj(time -> step(time, curve.at(time)))
                        .toList());
        return shown;
    }

    private static Map<String, Object> step(double time, FreeCurve.Step step) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("time", time);
        shown.put("value", step.free());
        shown.put("interval95", List.of(step.low(), step.high()));
        return shown;
    }
}
