package org.auspex.kernel.appraisal;

import java.util.Optional;
import java.util.stream.IntStream;
import org.auspex.kernel.evaluation.Endings;

/**
 * What became of the subjects.
 *
 * @param event whether the outcome happened
 * @param endings when it or something else ended the follow-up; empty where only whether it happened is known
 * @param isRivalled whether competing events were looked for
 */
public record Happened(boolean[] event, Optional<Endings> endings, boolean isRivalled) {

    /** Where only whether it happened is known. */
    public static Happened atAll(boolean[] event) {
        return new Happened(event, Optional.empty(), false);
    }

    /** Where nothing competes, or nobody tells it from censoring. */
    public static Happened in(double[] time, boolean[] event) {
        return new Happened(event, Optional.of(Endings.of(time, event)), false);
    }

    /** Where competing events are told apart. */
    public static Happened beside(Endings endings) {
        return new Happened(endings.event(), Optional.of(endings), true);
    }

    /** Of some of the subjects. */
    Happened only(int[] rows) {
        var came = new boolean[rows.length];
        IntStream.range(0, rows.length).forEach(i -> came[i] = event[rows[i]]);
        return new Happened(came, endings.map(all -> all.only(rows)), isRivalled);
    }

    int events() {
        return (int) IntStream.range(0, event.length).filter(row -> event[row]).count();
    }

    /** How many rows ended by a competing event; empty where none was looked for. */
    Optional<Integer> rivals() {
        return isRivalled ? endings.map(Endings::rivals) : Optional.empty();
    }
}
