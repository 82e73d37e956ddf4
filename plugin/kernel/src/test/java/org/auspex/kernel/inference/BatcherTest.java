package org.auspex.kernel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.auspex.kernel.model.Datatype;
import org.auspex.kernel.model.Signature;
import org.auspex.kernel.model.TensorSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How calls meet, wait and end; the network is a double of numbers that can be held, broken and made to throw. */
@Timeout(60)
class BatcherTest {

    private static final Signature DOUBLE = new Signature(
            List.of(new TensorSpec("x", Datatype.FP32, List.of(TensorSpec.ANY, 1L))),
            List.of(new TensorSpec("y", Datatype.FP32, List.of(TensorSpec.ANY, 1L))));
    private static final float POISON = 666;

    private final Doubling doubling = new Doubling();

    @Test
    void callsThatWaitTogetherAreOneBatchAndEachGetsItsOwnAnswer() throws Exception {
        try (var batcher = batcher(limits(100, 64))) {
            var gate = doubling.hold();
            var first = ask(batcher, 1);
            doubling.awaitHeld();
            var others = askInOrder(batcher, 2, 3, 4);
            gate.countDown();

            assertThat(first.get()).isEqualTo(2);
            assertThat(others).extracting(Future::get).containsExactly(4f, 6f, 8f);
            assertThat(doubling.batches).containsSubsequence(List.of(1f), List.of(2f, 3f, 4f));
            assertThat(batcher.statistics().calls()).isEqualTo(4);
        }
    }

    @Test
    void aBatchIsNoLargerThanTheCardAllows() throws Exception {
        try (var batcher = batcher(limits(100, 2))) {
            var gate = doubling.hold();
            var calls = new ArrayList<Future<Float>>();
            calls.add(ask(batcher, 1));
            doubling.awaitHeld();
            for (int i = 2; i <= 6; i++) {
                calls.add(ask(batcher, i));
                awaitWaiting(batcher, i - 1);
            }
            gate.countDown();
            for (var call : calls) {
                call.get();
            }

            assertThat(doubling.batches)
                    .containsSubsequence(List.of(1f), List.of(2f, 3f), List.of(4f, 5f), List.of(6f));
        }
    }

    @Test
    void urgentCallsGoFirstAndOrderIsKeptWithinAPriority() throws Exception {
        try (var batcher = batcher(limits(100, 1))) {
            var gate = doubling.hold();
            var calls = new ArrayList<Future<Float>>();
            calls.add(ask(batcher, 1));
            doubling.awaitHeld();
            var waiting = 0;
            for (var value : List.of(2, 3)) {
                calls.add(ask(batcher, value, Priority.ROUTINE, Duration.ofSeconds(30)));
                awaitWaiting(batcher, ++waiting);
            }
            for (var value : List.of(4, 5)) {
                calls.add(ask(batcher, value, Priority.URGENT, Duration.ofSeconds(30)));
                awaitWaiting(batcher, ++waiting);
            }
            gate.countDown();
            for (var call : calls) {
                call.get();
            }

            assertThat(doubling.batches)
                    .containsSubsequence(List.of(1f), List.of(4f), List.of(5f), List.of(2f), List.of(3f));
        }
    }

    @Test
    void aPoisonedCallFailsAlone() throws Exception {
        try (var batcher = batcher(limits(100, 64))) {
            var gate = doubling.hold();
            var first = ask(batcher, 1);
            doubling.awaitHeld();
            var calls = askInOrder(batcher, 2, POISON, 4, 5);
            gate.countDown();

            assertThat(first.get()).isEqualTo(2);
            assertThat(calls.get(0).get()).isEqualTo(4);
            assertThat(calls.get(2).get()).isEqualTo(8);
            assertThat(calls.get(3).get()).isEqualTo(10);
            assertThat(failure(calls.get(1)).kind()).isEqualTo(InferenceFailed.Kind.FAULT);
            assertThat(batcher.problem()).isEmpty();
        }
    }

    @Test
    void isFullAtOnceWhenTooManyWait() throws Exception {
        try (var batcher = batcher(limits(2, 1))) {
            var gate = doubling.hold();
            var calls = new ArrayList<Future<Float>>();
            calls.add(ask(batcher, 1));
            doubling.awaitHeld();
            calls.add(ask(batcher, 2));
            calls.add(ask(batcher, 3));
            awaitWaiting(batcher, 2);

            var refused =
                    catchThrowableOfType(InferenceFailed.class, () -> batcher.run(List.of(number(4)), Priority.URGENT));
            gate.countDown();

            assertThat(refused.kind()).isEqualTo(InferenceFailed.Kind.BUSY);
            assertThat(refused).hasMessage("double already has 2 calls waiting");
            for (var call : calls) {
                call.get();
            }
        }
    }

    @Test
    void refusesAtOnceWhatCannotBeDoneInTime() throws Exception {
        doubling.slow = Duration.ofMillis(100);
        try (var batcher = batcher(limits(100, 1))) {
            batcher.run(List.of(number(7)), Priority.URGENT);
            var calls = new ArrayList<Future<Float>>();
            for (int i = 1; i <= 5; i++) {
                calls.add(ask(batcher, i));
            }
            awaitWaiting(batcher, 4);

            var begun = System.nanoTime();
            var refused = catchThrowableOfType(
                    InferenceFailed.class,
                    () -> batcher.run(List.of(number(9)), Priority.URGENT, Duration.ofMillis(50)));

            assertThat(refused.kind()).isEqualTo(InferenceFailed.Kind.BUSY);
            assertThat(refused).hasMessageMatching("double has work for PT0\\.\\d+S, longer than this call may take");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(50));
            for (var call : calls) {
                call.get();
            }
        }
    }

    @Test
    void aCallWhoseDeadlinePassesWhileItWaitsIsNeverComputed() throws Exception {
        try (var batcher = batcher(limits(100, 1))) {
            var gate = doubling.hold();
            var first = ask(batcher, 1);
            doubling.awaitHeld();
            var late = ask(batcher, 2, Priority.URGENT, Duration.ofMillis(50));

            assertThat(failure(late).kind()).isEqualTo(InferenceFailed.Kind.TIMEOUT);
            assertThat(failure(late)).hasMessage("double gave no answer within PT0.05S");
            gate.countDown();
            first.get();
            assertThat(doubling.batches).doesNotContain(List.of(2f));
        }
    }

    @Test
    void tenThousandCallsWhoseCallersWentAwayCostNothing() throws Exception {
        // A deadline so far away that all of them are let in.
        try (var batcher = batcher(limits(10_000, 1, Duration.ofMinutes(10)))) {
            var gate = doubling.hold();
            var first = ask(batcher, 1);
            doubling.awaitHeld();
            var callers = new ArrayList<Thread>();
            for (int i = 0; i < 10_000; i++) {
                var caller = new Thread(null, () -> leave(batcher), "caller", 65_536);
                caller.setDaemon(true);
                caller.start();
                callers.add(caller);
            }
            awaitWaiting(batcher, 10_000);
            callers.forEach(Thread::interrupt);
            for (var caller : callers) {
                caller.join();
            }
            gate.countDown();

            assertThat(first.get()).isEqualTo(2);
            assertThat(ask(batcher, 3).get()).isEqualTo(6);
            assertThat(doubling.batches).doesNotContain(List.of(9f));
        }
    }

    @Test
    void anotherCopyTakesThePlaceOfOneThatHangsAndTheSecondHangRefuses() throws Exception {
        try (var batcher = batcher(limits(100, 1, Duration.ofMillis(200)))) {
            var gate = doubling.hold();
            var hung = ask(batcher, 1);
            assertThat(failure(hung).kind()).isEqualTo(InferenceFailed.Kind.TIMEOUT);
            doubling.release();
            assertThat(eventually(() -> ask(batcher, 2).get())).isEqualTo(4);

            var secondGate = doubling.hold();
            assertThat(failure(ask(batcher, 3)).kind()).isEqualTo(InferenceFailed.Kind.TIMEOUT);
            doubling.release();
            var refused = eventually(() -> {
                var why = failure(ask(batcher, 4));
                assertThat(why).hasMessageContaining("hung twice");
                return why;
            });
            assertThat(refused.kind()).isEqualTo(InferenceFailed.Kind.BUSY);

            gate.countDown();
            secondGate.countDown();
            assertThat(eventually(() -> ask(batcher, 5).get())).isEqualTo(10);
        }
    }

    @Test
    void aNetworkThatIsGoneRefusesAtOnceAndHealsItself() throws Exception {
        try (var batcher = batcher(limits(100, 1))) {
            assertThat(ask(batcher, 1).get()).isEqualTo(2);
            doubling.broken.set(true);

            assertThat(failure(ask(batcher, 2)).kind()).isEqualTo(InferenceFailed.Kind.DOWN);
            assertThat(batcher.problem()).contains("broken");
            assertThat(failure(ask(batcher, 3)).kind()).isEqualTo(InferenceFailed.Kind.DOWN);

            doubling.broken.set(false);
            assertThat(eventually(() -> ask(batcher, 4).get())).isEqualTo(8);
            assertThat(batcher.problem()).isEmpty();
        }
    }

    @Test
    void endsTheCallsThatWaitWhenItIsClosed() throws Exception {
        var batcher = batcher(limits(100, 1));
        var gate = doubling.hold();
        var running = ask(batcher, 1);
        doubling.awaitHeld();
        var waiting = ask(batcher, 2);
        awaitWaiting(batcher, 1);
        var closing = CompletableFuture.runAsync(batcher::close);

        assertThat(failure(waiting)).hasMessage("double is ending");
        gate.countDown();
        assertThat(running.get()).isEqualTo(2);
        closing.get();
        assertThat(doubling.open).hasValue(0);
    }

    @Test
    void aBatchThatMayWaitFillsUp() throws Exception {
        var patient =
                new Limits(true, 3, Duration.ofSeconds(10), 100, Duration.ofSeconds(30), Duration.ofSeconds(30), 1);
        try (var batcher = batcher(patient)) {
            var calls = List.of(ask(batcher, 1), ask(batcher, 2), ask(batcher, 3));

            assertThat(calls).extracting(Future::get).containsExactly(2f, 4f, 6f);
            assertThat(doubling.batches.get(doubling.batches.size() - 1)).hasSize(3);
        }
    }

    private static void leave(Batcher batcher) {
        try {
            batcher.run(List.of(number(9)), Priority.ROUTINE);
        } catch (InferenceFailed e) {
            assertThat(e).hasMessage("double was interrupted");
        }
    }

    private Batcher batcher(Limits limits) {
        return new Batcher("double", () -> doubling.open(), DOUBLE, limits);
    }

    private static Limits limits(int queue, int batch) {
        return limits(queue, batch, Duration.ofSeconds(30));
    }

    private static Limits limits(int queue, int batch, Duration patience) {
        return new Limits(true, batch, Duration.ZERO, queue, patience, patience, 1);
    }

    private static Tensor number(float value) {
        return Tensor.of("x", new float[] {value}, 1, 1);
    }

    /** Calls that wait, one behind the other. */
    private static List<Future<Float>> askInOrder(Batcher batcher, float... values) throws InterruptedException {
        var calls = new ArrayList<Future<Float>>();
        for (var value : values) {
            calls.add(ask(batcher, value));
            awaitWaiting(batcher, calls.size());
        }
        return calls;
    }

    private static Future<Float> ask(Batcher batcher, float value) {
        return ask(batcher, value, Priority.URGENT, Duration.ofSeconds(30));
    }

    private static Future<Float> ask(Batcher batcher, float value, Priority priority, Duration timeout) {
        var answer = new CompletableFuture<Float>();
        var caller = new Thread(() -> {
            try {
                var outputs = batcher.run(List.of(number(value)), priority, timeout);
                answer.complete((float) outputs.get(0).values()[0]);
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        caller.setDaemon(true);
        caller.start();
        return answer;
    }

    private static InferenceFailed failure(Future<Float> call) {
        var failed = catchThrowableOfType(java.util.concurrent.ExecutionException.class, call::get);
        return (InferenceFailed) java.util.Objects.requireNonNull(failed.getCause());
    }

    private static void awaitWaiting(Batcher batcher, int calls) throws InterruptedException {
        while (batcher.waiting() < calls) {
            Thread.sleep(1);
        }
    }

    private static <T> T eventually(java.util.concurrent.Callable<T> attempt) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                return attempt.call();
            } catch (Exception | AssertionError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    /** Doubles numbers. */
    private static final class Doubling {

        private final List<List<Float>> batches = new CopyOnWriteArrayList<>();
        private final AtomicBoolean broken = new AtomicBoolean();
        private final AtomicInteger open = new AtomicInteger();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile CountDownLatch held = new CountDownLatch(1);
        /** What a batch costs, however many rows it has, so that larger ones are worth while. */
        private volatile Duration slow = Duration.ofMillis(10);

        /** The next runs wait until the latch opens. */
        CountDownLatch hold() {
            held = new CountDownLatch(1);
            gate = new CountDownLatch(1);
            return gate;
        }

        /** Later runs do not wait; those that wait go on waiting. */
        void release() {
            gate = new CountDownLatch(0);
        }

        void awaitHeld() throws InterruptedException {
            held.await();
        }

        Network open() {
            if (broken.get()) {
                throw new InferenceFailed(InferenceFailed.Kind.DOWN, "broken");
            }
            open.incrementAndGet();
            return new Network() {
                @Override
                public List<Tensor> run(List<Tensor> inputs) {
                    return answer(inputs.get(0));
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        }

        private List<Tensor> answer(Tensor input) {
            var numbers = new ArrayList<Float>();
            for (var value : input.values()) {
                numbers.add((float) value);
            }
            batches.add(numbers);
            work();
            // Zeros are how a network is warmed up and probed.
            if (!numbers.stream().allMatch(number -> number == 0)) {
                await(gate);
            }
            if (broken.get()) {
                throw new InferenceFailed(InferenceFailed.Kind.DOWN, "broken");
            }
            if (numbers.contains(POISON)) {
                throw new InferenceFailed(InferenceFailed.Kind.FAULT, "poisoned");
            }
            var doubled = new float[numbers.size()];
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] = 2 * numbers.get(i);
            }
            return List.of(Tensor.of("y", doubled, doubled.length, 1));
        }

        private void work() {
            try {
                Thread.sleep(slow.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void await(CountDownLatch wait) {
            held.countDown();
            try {
                wait.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
