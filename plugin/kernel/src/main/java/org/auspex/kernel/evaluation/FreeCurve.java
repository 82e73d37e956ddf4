package org.auspex.kernel.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The share of rows that have not had the event as time goes by (Kaplan and Meier, JASA 1958;53:457-81); beside competing events one less
 * the cumulative incidence (Aalen and Johansen, Scandinavian Journal of Statistics 1978;5:141-50).
 *
 * @param steps one for each time at which an event came, rising
 * @param end the longest that anybody was followed; 0 of no rows
 */
public record FreeCurve(int rows, int events, List<Step> steps, double end) {

    public FreeCurve {
        steps = List.copyOf(steps);
    }

    /**
     * Where the curve falls.
     *
     * @param atRisk rows that were followed up to this time
     * @param free the share after it
     * @param low the lower end of its 95 % interval, on the scale of log(-log) (Kalbfleisch and Prentice, The Statistical Analysis of
     *     Failure Time Data, 1980); where nobody is free any more it is 0, and the upper end that of the step before
     * @param high the upper end
     */
    public record Step(double time, int atRisk, double free, double low, double high) {}

    /** Of rows as {@link Evaluation#ofSurvival} takes them. */
    public static FreeCurve of(Endings endings) {
        var time = endings.time();
        var order =
                new Followed(endings).inTime(IntStream.range(0, endings.count()).toArray());
        var steps = new ArrayList<Step>();
        var incidence = new Incidence();
        var before = new Step(0, endings.count(), 1, 1, 1);
        for (var at = 0; at < order.length; ) {
            var now = time[order[at]];
            var atRisk = order.length - at;
            var came = 0;
            var spared = 0;
            for (; at < order.length && time[order[at]] == now; at++) {
                came += endings.event()[order[at]] ? 1 : 0;
                spared += endings.competing()[order[at]] ? 1 : 0;
            }
            incidence.go(atRisk, came, spared);
            if (came > 0) {
                before = incidence.step(now, atRisk, before);
                steps.add(before);
            }
        }
        return new FreeCurve(
                endings.count(), endings.events(), steps, order.length == 0 ? 0 : time[order[order.length - 1]]);
    }

    /** The share free of the event after a time, with its interval: the last step up to it, and all of the rows before the first. */
    public Step at(double when) {
        var step = new Step(0, rows, 1, 1, 1);
        for (var next : steps) {
            if (next.time() > when) {
                break;
            }
            step = next;
        }
        return step;
    }
}
