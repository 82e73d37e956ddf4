package org.auspex.kernel.inference;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long a network takes per row, by size of the batch. Larger batches are not always faster: on a processor, those of an
 * image network can outgrow its caches. What is learnt decides how many calls that wait are taken at once.
 */
final class Pace {

    /** A size that is slower than the best by no more than this is as good, and the smallest of those answers soonest. */
    private static final double AS_GOOD = 1.03;

    /** Once in so many batches the next larger size is tried, for it may have been slow by chance. */
    private static final int TRY_LARGER = 200;

    /** Nanoseconds per row of batches of up to 1, 2, 4, 8 ... rows; 0 = not known. */
    private final AtomicLongArray nanosPerRow;

    private volatile int batches;

    Pace(int maxBatchSize) {
        nanosPerRow = new AtomicLongArray(place(maxBatchSize) + 1);
    }

    /** Takes note of a batch. */
    void ran(int rows, long nanos) {
        var latest = Math.max(1, nanos / Math.max(1, rows));
        nanosPerRow.updateAndGet(size(rows), before -> before == 0 ? latest : (7 * before + latest) / 8);
        batches = batches + 1;
    }

    /** How many rows to take at once when this many wait. */
    int rows(int waiting) {
        var largest = size(waiting);
        var best = fastest(largest);
        for (int size = 0; size <= largest; size++) {
            var nanos = nanosPerRow.get(size);
            if (nanos > 0 && nanos <= AS_GOOD * best) {
                var larger = batches % TRY_LARGER == 0 || isUnknown(size + 1, largest) ? size + 1 : size;
                return Math.min(waiting, 1 << larger);
            }
        }
        return waiting;
    }

    private boolean isUnknown(int size, int largest) {
        return size <= largest && nanosPerRow.get(size) == 0;
    }

    /** How long this many rows take, in the batches that are taken of them; 0 = not known yet. */
    long nanos(int rows) {
        var best = fastest(size(rows));
        return best == Long.MAX_VALUE ? 0 : best * rows;
    }

    private long fastest(int largest) {
        long best = Long.MAX_VALUE;
        for (int size = 0; size <= largest; size++) {
            var nanos = nanosPerRow.get(size);
            best = nanos > 0 ? Math.min(best, nanos) : best;
        }
        return best;
    }

    private int size(int rows) {
        return Math.min(place(rows), nanosPerRow.length() - 1);
    }

    /** The place of a number of rows among 1, 2, 4, 8 ..., rounded up. */
    private static int place(int rows) {
        return 32 - Integer.numberOfLeadingZeros(Math.max(1, rows) - 1);
    }
}
