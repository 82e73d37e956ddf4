package org.auspex.kernel.inference;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Calls that wait for a lane. Urgent ones go first; within a priority their order is kept, so a batch ends before the
 * first call that cannot be joined.
 */
final class Queue {

    /** How long a lane that has just worked looks for more before it sleeps, or for those it has just answered. */
    private static final long LOOK_NANOS = 50_000;

    private final Limits limits;
    private final Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrival = lock.newCondition();
    private final Map<Priority, ArrayDeque<Call>> waiting = new EnumMap<>(Priority.class);
    private boolean ended;
    private volatile int size;
    private volatile int rows;

    Queue(Limits limits, Pace pace) {
        this.limits = limits;
        this.pace = pace;
        for (var priority : Priority.values()) {
            waiting.put(priority, new ArrayDeque<>());
        }
    }

    /** Calls that wait. */
    int size() {
        return size;
    }

    /** Rows that wait. */
    int rows() {
        return rows;
    }

    /** Lets a call wait, unless too many do. */
    boolean offer(Call call) {
        lock.lock();
        try {
            if (size >= limits.maxQueueSize()) {
                return false;
            }
            of(call.priority()).add(call);
            count(1, call.rows());
            arrival.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a call that still waits. */
    void remove(Call call) {
        lock.lock();
        try {
            if (of(call.priority()).remove(call)) {
                count(-1, -call.rows());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes everything that waits. */
    List<Call> drain() {
        lock.lock();
        try {
            var all = new ArrayList<Call>();
            waiting.values().forEach(calls -> {
                all.addAll(calls);
                calls.clear();
            });
            size = 0;
            rows = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Lets no lane wait any more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            arrival.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next batch; empty if there was none for {@code pause}. Calls whose deadline has passed are left out.
     *
     * @param answered calls that the lane has just answered: where callers ask one question after the other, the first who
     *     is back would else be a batch of its own, and the others would wait for it
     */
    List<Call> take(Duration pause, int answered) throws InterruptedException {
        look(answered);
        lock.lockInterruptibly();
        try {
            var left = pause.toNanos();
            while (size == 0 && left > 0 && !ended) {
                left = arrival.awaitNanos(left);
            }
            fill();
            return batch();
        } finally {
            lock.unlock();
        }
    }

    private void look(int answered) {
        var end = System.nanoTime() + LOOK_NANOS;
        while (size < Math.max(1, answered) && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    /** Waits for more calls, as long as the card allows the oldest to. */
    private void fill() throws InterruptedException {
        var delay = limits.maxQueueDelay().toNanos();
        if (delay == 0 || size == 0) {
            return;
        }
        var end = System.nanoTime() + delay;
        while (size > 0 && rows < limits.maxBatchSize()) {
            var left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            arrival.awaitNanos(left);
        }
    }

    private List<Call> batch() {
        var batch = new ArrayList<Call>();
        var now = System.nanoTime();
        var most = Math.min(limits.maxBatchSize(), pace.rows(Math.min(rows, limits.maxBatchSize())));
        int taken = 0;
        for (var priority : Priority.values()) {
            var calls = of(priority);
            for (var call = calls.peek(); call != null; call = calls.peek()) {
                if (call.isExpired(now) || call.isDone()) {
                    // Its caller sees the deadline by itself.
                    drop(calls);
                } else if (batch.isEmpty() || joins(batch.get(0), call, most - taken)) {
                    taken += call.rows();
                    batch.add(drop(calls));
                } else {
                    return batch;
                }
            }
        }
        return batch;
    }

    private boolean joins(Call first, Call next, int left) {
        return limits.batched() && next.rows() <= left && first.isLike(next);
    }

    private Call drop(ArrayDeque<Call> calls) {
        var call = calls.remove();
        count(-1, -call.rows());
        return call;
    }

    // Written under the lock only; volatile for those who look without it.
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private void count(int calls, int callRows) {
        size += calls;
        rows += callRows;
    }

    private ArrayDeque<Call> of(Priority priority) {
        var calls = waiting.get(priority);
        if (calls == null) {
            throw new IllegalStateException("No queue for " + priority);
        }
        return calls;
    }
}
