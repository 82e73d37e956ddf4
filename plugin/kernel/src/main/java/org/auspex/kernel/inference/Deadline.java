package org.auspex.kernel.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
 * Native code cannot be stopped from outside, so only one engine may be given up at a time: if the next hangs as well,
 * the model refuses at once until one of the two has returned.
 */
final class Deadline implements Engine {

    private final String name;
    private final Supplier<Engine> open;
    private final Duration timeout;
    private final int queue;
    private Lane lane;
    private Optional<Lane> givenUp = Optional.empty();
    private boolean closed;

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
        closed = true;
        lane.close();
    }

    private <T> T call(Work<T> work) {
        var current = lane();
        try {
            var call = current.submit(work);
            return call.await(timeout);
        } catch (TimeoutException e) {
            giveUp(current);
            throw new InferenceFailed(
                    InferenceFailed.Kind.TIMEOUT, "%s gave no answer within %s".formatted(name, timeout), e);
        } catch (RejectedExecutionException e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.BUSY, "%s already has %d calls waiting".formatted(name, queue), e);
        } catch (CancellationException e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.BUSY, "%s hung while this call waited for it".formatted(name), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof InferenceFailed failed
                    ? failed
                    : new InferenceFailed(InferenceFailed.Kind.FAULT, "%s failed".formatted(name), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InferenceFailed(InferenceFailed.Kind.BUSY, "%s was interrupted".formatted(name), e);
        }
    }

    /** The engine to use: a fresh one if the last was given up and none before it still runs. */
    private synchronized Lane lane() {
        if (lane.isGivenUp() && !closed) {
            if (givenUp.filter(Lane::isRunning).isPresent() && lane.isRunning()) {
                throw new InferenceFailed(
                        InferenceFailed.Kind.BUSY,
                        "%s hung twice and has not returned; it serves again when it does, or replace its folder"
                                .formatted(name));
            }
            if (lane.isRunning()) {
                givenUp = Optional.of(lane);
            }
            lane = newLane();
        }
        return lane;
    }

    private synchronized void giveUp(Lane hung) {
        hung.close();
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

        <T> Call<T> submit(Work<T> work) {
            var call = new Call<>(() -> work.with(engine));
            thread.execute(call.task);
            return call;
        }

        /** Cancels what waits; the engine is closed by its own thread, after whatever it still does. */
        void close() {
            if (thread.isShutdown()) {
                return;
            }
            var waiting = new ArrayList<Runnable>();
            thread.getQueue().drainTo(waiting);
            thread.execute(engine::close);
            thread.shutdown();
            waiting.forEach(task -> ((FutureTask<?>) task).cancel(false));
        }

        boolean isGivenUp() {
            return thread.isShutdown();
        }

        boolean isRunning() {
            return !thread.isTerminated();
        }
    }

    /** One piece of work, whose time counts from its start and not from when it began to wait. */
    private static final class Call<T> {

        private final FutureTask<T> task;
        private volatile long started;

        Call(Callable<T> work) {
            task = new FutureTask<>(() -> {
                started = System.nanoTime();
                return work.call();
            });
        }

        /** Waits for at most {@code timeout} for the work to start, and as long again for it to end. */
        T await(Duration timeout) throws InterruptedException, ExecutionException, TimeoutException {
            try {
                return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (started == 0) {
                    task.cancel(false);
                    throw new RejectedExecutionException(e);
                }
                return task.get(timeout.toNanos() - (System.nanoTime() - started), TimeUnit.NANOSECONDS);
            }
        }
    }
}
