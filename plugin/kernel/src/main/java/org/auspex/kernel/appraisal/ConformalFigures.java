package org.auspex.kernel.appraisal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auspex.kernel.evaluation.ConformalFit;
import org.auspex.kernel.evaluation.Proportion;

/** The limits of conformal prediction and the check of them, as names and values. */
public final class ConformalFigures {

    private ConformalFigures() {}

    public static Map<String, Object> of(Conformed conformed) {
        var fit = conformed.fit();
        var shown = new LinkedHashMap<String, Object>();
        shown.put("level", fit.level());
        shown.put("limits", conformed.calibration().limits());
        shown.put("fittedOn", fit.fittedOn());
        shown.put("coverage", proportion(fit.covered()));
        shown.put("coversTooFew", fit.coversTooFew());
        shown.put("groups", fit.groups().stream().map(ConformalFigures::group).toList());
        if (fit.bySize().size() > 2) {
            shown.put("setsBySize", fit.bySize());
            fit.cannotTell().ifPresent(share -> shown.put("cannotTell", share));
        }
        return shown;
    }

    private static Map<String, Object> group(ConformalFit.Group group) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("by", group.by());
        shown.put("group", group.name());
        shown.put("coverage", proportion(group.covered()));
        return shown;
    }

    static Map<String, Object> proportion(Proportion proportion) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("count", proportion.count());
        shown.put("of", proportion.of());
        proportion.share().ifPresent(share -> {
            shown.put("value", share);
            shown.put(
                    "interval95",
                    List.of(proportion.low().orElseThrow(), proportion.high().orElseThrow()));
        });
        return shown;
    }
}
