package org.auspex.kernel.inference;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Outcome;

/**
 * Keeps a model's work on a thread of its own, one call after the other, so that a model that hangs holds up nobody but
 * itself. A call that passes its deadline fails; the engine behind it is given up and a fresh one opened for the next.
 */
final class Deadline implements Engine {

    private final String name;
    private final Supplier<Engine> open;
    private final Duration timeout;
    private final int queue;
    private Lane lane;

    Deadline(String name, Supplier<Engine> open, Duration timeout, int queue) {
        this.name = name;
        this.open = open;
        this.timeout = timeout;
        this.queue = queue;
        this.lane = newLane();
    }

    @Override
    public List<Outcome> infer(List<Features> batch) {
        return call(engine -> engine.infer(batch));
    }

    @Override
    public List<Contribution> explain(Features features) {
        return call(engine -> engine.explain(features));
    }

    @Override
    public synchronized void close() {
        lane.close();
    }

    private <T> T call(Work<T> work) {
        var current = lane();
        try {
            return current.submit(work).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            replace(current);
            throw new InferenceFailed(
                    InferenceFailed.Kind.TIMEOUT, "%s gave no answer within %s".formatted(name, timeout), e);
        } catch (RejectedExecutionException e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.BUSY, "%s already has %d calls waiting".formatted(name, queue), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof InferenceFailed failed
                    ? failed
                    : new InferenceFailed(InferenceFailed.Kind.FAULT, "%s failed".formatted(name), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InferenceFailed(InferenceFailed.Kind.BUSY, "%s was interrupted".formatted(name), e);
        }
    }

    private synchronized Lane lane() {
        return lane;
    }

    private synchronized void replace(Lane hung) {
        if (lane == hung) {
            hung.close();
            lane = newLane();
        }
    }

    private Lane newLane() {
        var threads = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), task -> {
            var thread = new Thread(task, "auspex-model-" + name);
            thread.setDaemon(true);
            return thread;
        });
        return new Lane(open.get(), threads);
    }

    /** Something done with an engine. */
    private interface Work<T> {
        T with(Engine engine);
    }

    /** An engine and the one thread that may use it. */
    private record Lane(Engine engine, ThreadPoolExecutor thread) {

        <T> java.util.concurrent.Future<T> submit(Work<T> work) {
            Callable<T> task = () -> work.with(engine);
            return thread.submit(task);
        }

        /** The engine is closed by its own thread, after whatever it still does. */
        void close() {
            thread.getQueue().clear();
            thread.execute(engine::close);
            thread.shutdown();
        }
    }
}
