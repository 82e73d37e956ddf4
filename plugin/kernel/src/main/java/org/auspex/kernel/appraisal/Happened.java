package org.auspex.kernel.appraisal;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What became of the subjects.
 *
 * @param event whether the outcome happened
 * @param time when it happened or, without it, until when the subject was seen free of it; empty where only whether it happened is known
 */
public record Happened(boolean[] event, Optional<double[]> time) {

    /** Of some of the subjects. */
    Happened only(int[] rows) {
        var came = new boolean[rows.length];
        IntStream.range(0, rows.length).forEach(i -> came[i] = event[rows[i]]);
        return new Happened(
                came,
                time.map(all -> IntStream.of(rows).mapToDouble(row -> all[row]).toArray()));
    }

    int events() {
        return (int) IntStream.range(0, event.length).filter(row -> event[row]).count();
    }
}
