package org.auspex.kernel.evaluation;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the follow-up of each row ended. With neither an event nor a competing one the row is censored.
 *
 * @param time when; 0 or more, in any unit, the same for all
 * @param event whether the event came then
 * @param competing whether something came then after which the event cannot come, such as death
 */
public record Endings(double[] time, boolean[] event, boolean[] competing) {

    /** Where nothing competes, or nobody tells it from censoring. */
    public static Endings of(double[] time, boolean[] event) {
        return new Endings(time, event, new boolean[event.length]);
    }

    /** How many rows ended by a competing event. */
    public int rivals() {
        return count(competing);
    }

    int count() {
        return event.length;
    }

    int events() {
        return count(event);
    }

    private static int count(boolean[] flags) {
        return (int) IntStream.range(0, flags.length).filter(row -> flags[row]).count();
    }

    /** Of some of the rows. */
    public Endings only(int[] rows) {
        return new Endings(
                IntStream.of(rows).mapToDouble(row -> time[row]).toArray(), flags(rows, event), flags(rows, competing));
    }

    private static boolean[] flags(int[] rows, boolean[] flag) {
        var chosen = new boolean[rows.length];
        IntStream.range(0, rows.length).forEach(i -> chosen[i] = flag[rows[i]]);
        return chosen;
    }

    /** Whether the follow-up of a row ended by anything but censoring. */
    boolean isOver(int row) {
        return event[row] || competing[row];
    }

    /** The same with those whom a competing event spared the event outlasting everybody (Wolbers et al., Epidemiology 2009;20:555-61). */
    Endings outlasting() {
        var last = IntStream.range(0, time.length)
                .mapToDouble(row -> time[row])
                .max()
                .orElse(0);
        return of(
                IntStream.range(0, time.length)
                        .mapToDouble(row -> competing[row] ? last : time[row])
                        .toArray(),
                event);
    }

    /** What is wrong with a row; empty if nothing is. */
    Optional<String> fault(int row) {
        if (time[row] < 0) {
            return Optional.of("a time is 0 or more, not " + time[row]);
        }
        return event[row] && competing[row]
                ? Optional.of("it ended by the event and by a competing one; say which came first")
                : RowFaults.notFinite("a time", time[row]);
    }
}
