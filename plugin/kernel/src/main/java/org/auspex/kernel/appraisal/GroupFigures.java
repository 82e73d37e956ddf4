package org.auspex.kernel.appraisal;

import static org.auspex.kernel.appraisal.EvaluationFigures.figure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auspex.kernel.evaluation.Comparison;
import org.auspex.kernel.evaluation.Subgroup;

/** A model beside something simpler, and groups of the rows, as names and values. */
final class GroupFigures {

    private GroupFigures() {}

    static Map<String, Object> comparison(Comparison comparison) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("with", comparison.with());
        shown.put("rows", comparison.rows());
        for (var line : comparison.lines()) {
            var figures = new LinkedHashMap<String, Object>();
            figures.put("model", figure(line.ofModel()));
            figures.put("baseline", figure(line.ofOther()));
            figures.put("difference", figure(line.difference()));
            shown.put(line.measure(), figures);
        }
        return shown;
    }

    static Map<String, Object> subgroup(Subgroup group) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("by", group.by());
        shown.put("group", group.name());
        shown.put("rows", group.rows());
        group.events().ifPresent(events -> shown.put("events", events));
        shown.put("worseBeyondChance", group.isWorse());
        for (var judged : group.figures()) {
            var figures = figure(judged.figure());
            judged.fromAll().ifPresent(difference -> figures.put("lessThatOfAllRows", difference(difference)));
            judged.notCompared().ifPresent(why -> figures.put("notCompared", why));
            shown.put(judged.measure(), figures);
        }
        return shown;
    }

    private static Map<String, Object> difference(Subgroup.Difference difference) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("value", difference.number());
        shown.put("simultaneousInterval95", List.of(difference.low(), difference.high()));
        shown.put("worse", difference.worse());
        return shown;
    }
}
