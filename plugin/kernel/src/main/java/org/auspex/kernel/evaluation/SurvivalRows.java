package org.auspex.kernel.evaluation;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Checked rows of a predicted risk, a time and whether it is that of an event. */
final class SurvivalRows {

    private final Levels risks;
    private final Levels times;
    private final boolean[] event;
    private final int[] lastFirst;

    private SurvivalRows(double[] risk, double[] time, boolean[] event) {
        this.risks = new Levels(risk);
        this.times = new Levels(time);
        this.event = event.clone();
        this.lastFirst = IntStream.range(0, event.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(row -> -times.of(row)).thenComparing(row -> event[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    static SurvivalRows of(double[] risk, Endings endings) {
        RowFaults.refuseUnequal("risk", risk.length, "time", endings.time().length);
        RowFaults.refuseUnequal("risk", risk.length, "event", endings.event().length);
        RowFaults.refuseUnequal("risk", risk.length, "competing", endings.competing().length);
        RowFaults.refuse(
                risk.length, row -> RowFaults.notFinite("a risk", risk[row]).or(() -> endings.fault(row)));
        var outlasting = endings.outlasting();
        return new SurvivalRows(risk, outlasting.time(), outlasting.event());
    }

    int count() {
        return event.length;
    }

    int events() {
        return (int) IntStream.range(0, event.length).filter(row -> event[row]).count();
    }

    /**
     * The comparable pairs, each row counted as often as its weight says, in {@code n log n} steps: walking from the last
     * time to the first, and at one time through the censored before the events, each event meets just the rows that
     * outlasted it.
     */
    Pairs pairs(int[] weights) {
        var pairs = new Pairs(0, 0, 0, 0);
        var outlasting = new RunningCounts(risks.count());
        for (var start = 0; start < lastFirst.length; ) {
            var end = endOfBlock(start);
            for (var i = start; i < end && event[lastFirst[i]]; i++) {
                if (weights[lastFirst[i]] == 0) {
                    continue;
                }
                pairs = pairs.plus(risks.of(lastFirst[i]), weights[lastFirst[i]], outlasting);
            }
            for (; start < end; start++) {
                outlasting.add(risks.of(lastFirst[start]), weights[lastFirst[start]]);
            }
        }
        return pairs;
    }

    /** Where the rows that are not comparable with the one at {@code start}, of its time and kind, end. */
    private int endOfBlock(int start) {
        var first = lastFirst[start];
        var end = start + 1;
        while (end < lastFirst.length
                && times.of(lastFirst[end]) == times.of(first)
                && event[lastFirst[end]] == event[first]) {
            end++;
        }
        return end;
    }
}
