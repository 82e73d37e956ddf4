package org.auspex.kernel.evaluation;

/** Counts at levels 0 to size - 1 whose running totals are read in {@code log size} steps: a Fenwick tree. */
final class RunningCounts {

    private final int[] counts;
    private final long[] totals;
    private long all;

    RunningCounts(int size) {
        this.counts = new int[size];
        this.totals = new long[size + 1];
    }

    void add(int level, int count) {
        if (count == 0) {
            return;
        }
        counts[level] += count;
        all += count;
        for (var i = level + 1; i < totals.length; i += i & -i) {
            totals[i] += count;
        }
    }

    int at(int level) {
        return counts[level];
    }

    long below(int level) {
        long sum = 0;
        for (var i = level; i > 0; i -= i & -i) {
            sum += totals[i];
        }
        return sum;
    }

    long all() {
        return all;
    }
}
