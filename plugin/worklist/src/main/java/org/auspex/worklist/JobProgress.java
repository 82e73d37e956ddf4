package org.auspex.worklist;

import java.util.Map;

/**
 * How far a job has come.
 *
 * @param counts how many of its questions are in each state
 */
public record JobProgress(Job job, Map<String, Long> counts) {

    public JobProgress {
        counts = Map.copyOf(counts);
    }

    /** Questions in a state. */
    public long count(String state) {
        return counts.getOrDefault(state, 0L);
    }

    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Questions that have no answer yet. */
    public long open() {
        return count("waiting") + count("claimed");
    }
}
