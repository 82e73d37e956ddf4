package org.auspex.kernel.inference;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One caller's question to a network, from its arrival to its answer. */
final class Call {

    /** About what falling asleep and being woken costs; a caller looks this long before and after it expects the answer. */
    private static final long LOOK_NANOS = 100_000;

    /** An answer that takes longer is waited for asleep: being woken adds less than a hundredth, and a network of many threads needs the processor. */
    private static final long LONGEST_LOOKED_FOR = 100 * LOOK_NANOS;

    private final List<Tensor> inputs;
    private final Priority priority;
    private final long arrived;
    private final long deadline;
    private final Thread caller;

    private volatile boolean done;
    private @Nullable List<Tensor> answer;
    private @Nullable InferenceFailed failure;

    Call(List<Tensor> inputs, Priority priority, Duration timeout) {
        this.inputs = List.copyOf(inputs);
        this.priority = priority;
        this.arrived = System.nanoTime();
        this.deadline = arrived + timeout.toNanos();
        this.caller = Thread.currentThread();
    }

    List<Tensor> inputs() {
        return inputs;
    }

    Priority priority() {
        return priority;
    }

    long arrived() {
        return arrived;
    }

    long deadline() {
        return deadline;
    }

    boolean isExpired(long now) {
        return now - deadline >= 0;
    }

    int rows() {
        return (int) inputs.get(0).rows();
    }

    boolean isLike(Call other) {
        if (inputs.size() != other.inputs.size()) {
            return false;
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (!inputs.get(i).isLike(other.inputs.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Ends the call with an answer, unless it has ended. */
    synchronized void answer(List<Tensor> tensors) {
        if (!done) {
            answer = tensors;
            finish();
        }
    }

    /** Ends the call without an answer; false if it had ended. */
    synchronized boolean fail(InferenceFailed why) {
        if (done) {
            return false;
        }
        failure = why;
        finish();
        return true;
    }

    private void finish() {
        done = true;
        LockSupport.unpark(caller);
    }

    boolean isDone() {
        return done;
    }

    /**
     * Waits for the end, asleep.
     *
     * @param until by {@link System#nanoTime()}
     * @return whether the call has ended
     */
    boolean await(long until) throws InterruptedException {
        while (!done) {
            var left = until - System.nanoTime();
            if (left <= 0) {
                return done;
            }
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }

    /**
     * Waits for an answer that is expected soon, asleep until shortly before and then awake, because being woken can take
     * longer than the answer. Only for a caller that nobody else waits beside, or it takes a processor from them. Not at all where the
     * answer takes long.
     *
     * @param expected nanoseconds from the arrival to the answer
     */
    void lookOut(long expected) throws InterruptedException {
        if (expected > LONGEST_LOOKED_FOR) {
            return;
        }
        // Networks keep to their time within some percent.
        var look = Math.max(LOOK_NANOS, expected / 8);
        if (expected > 2 * look) {
            await(arrived + expected - look);
        }
        while (!done && System.nanoTime() - arrived < expected + look) {
            Thread.onSpinWait();
        }
    }

    /**
     * What the call ended with.
     *
     * @throws InferenceFailed if it ended without an answer
     */
    List<Tensor> outcome() {
        if (failure != null) {
            // A new exception, whose stack is the caller's; the lane's is its cause.
            throw new InferenceFailed(failure.kind(), String.valueOf(failure.getMessage()), failure);
        }
        if (answer == null) {
            throw new IllegalStateException("The call has not ended");
        }
        return answer;
    }
}
