package org.auspex.kernel.inference;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a network does. */
final class Counters {

    private final LongAdder calls = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder queued = new LongAdder();
    private final LongAdder inferring = new LongAdder();
    private final Map<InferenceFailed.Kind, LongAdder> failures = new EnumMap<>(InferenceFailed.Kind.class);

    Counters() {
        for (var kind : InferenceFailed.Kind.values()) {
            failures.put(kind, new LongAdder());
        }
    }

    void answered(Call call, long begun) {
        calls.increment();
        queued.add(begun - call.arrived());
    }

    void failed(InferenceFailed.Kind kind) {
        failures.computeIfPresent(kind, (key, counter) -> {
            counter.increment();
            return counter;
        });
    }

    void ran(int batchRows, long nanos) {
        batches.increment();
        rows.add(batchRows);
        inferring.add(nanos);
    }

    Statistics snapshot() {
        var failed = new EnumMap<InferenceFailed.Kind, Long>(InferenceFailed.Kind.class);
        failures.forEach((kind, counter) -> failed.put(kind, counter.sum()));
        return new Statistics(
                calls.sum(),
                failed,
                rows.sum(),
                batches.sum(),
                Duration.ofNanos(queued.sum()),
                Duration.ofNanos(inferring.sum()));
    }
}
