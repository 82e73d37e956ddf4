package org.auspex.kernel.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The share of rows free of the event as time goes by (Kaplan and Meier, JASA 1958;53:457-81).
 *
 * @param steps one for each time at which an event came, rising
 * @param end the longest that anybody was followed; 0 of no rows
 */
public record KaplanMeier(int rows, int events, List<Step> steps, double end) {

    private static final double Z = 1.959963984540054;

    public KaplanMeier {
        steps = List.copyOf(steps);
    }

    /**
     * Where the curve falls.
     *
     * @param atRisk rows that were followed up to this time
     * @param free the share after it
     * @param low the lower end of its 95 % interval: Greenwood's variance on the scale of log(-log) (Kalbfleisch and Prentice,
     *     The Statistical Analysis of Failure Time Data, 1980); where nobody is free any more it is 0, and the upper end that of the step before
     * @param high the upper end
     */
    public record Step(double time, int atRisk, double free, double low, double high) {}

    /** Of rows as {@link Evaluation#ofSurvival} takes them. */
    public static KaplanMeier of(double[] time, boolean[] event) {
        var order =
                new Followed(time, event).inTime(IntStream.range(0, time.length).toArray());
        var steps = new ArrayList<Step>();
        var before = new Step(0, time.length, 1, 1, 1);
        var greenwood = 0.0;
        for (var at = 0; at < order.length; ) {
            var now = time[order[at]];
            var atRisk = order.length - at;
            var came = 0;
            for (; at < order.length && time[order[at]] == now; at++) {
                came += event[order[at]] ? 1 : 0;
            }
            if (came > 0) {
                greenwood += (double) came / ((double) atRisk * (atRisk - came));
                before = step(now, atRisk, before.free() * (atRisk - came) / atRisk, greenwood, before);
                steps.add(before);
            }
        }
        var events = (int) IntStream.of(order).filter(row -> event[row]).count();
        return new KaplanMeier(time.length, events, steps, order.length == 0 ? 0 : time[order[order.length - 1]]);
    }

    private static Step step(double time, int atRisk, double free, double greenwood, Step before) {
        if (free == 0) {
            return new Step(time, atRisk, 0, 0, before.high());
        }
        var reach = Z * Math.sqrt(greenwood) / Math.log(free);
        return new Step(time, atRisk, free, Math.pow(free, Math.exp(-reach)), Math.pow(free, Math.exp(reach)));
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
