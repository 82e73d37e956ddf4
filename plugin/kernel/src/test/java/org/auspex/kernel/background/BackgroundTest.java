package org.auspex.kernel.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundTest {

    private final Background<String> background = new Background<>("work", Thread.NORM_PRIORITY);

    /** Holds the thread until a test lets it go on. */
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void open() {
        gate.countDown();
        background.close();
    }

    @Test
    void aJobIsFoundWithWhatCameOfIt() throws InterruptedException {
        var job = background.begin("a", progress -> "done", IllegalArgumentException.class);
        awaitTurn();
        assertThat(background.find(job.id()).flatMap(BackgroundJob::result)).contains("done");
        assertThat(job.failure()).isEmpty();
    }

    @Test
    void whatWentWrongIsKeptAndTheNextHasItsTurn() throws InterruptedException {
        var wrong = background.begin(
                "a",
                progress -> {
                    throw new IllegalArgumentException("no such cohort");
                },
                IllegalArgumentException.class);
        awaitTurn();
        assertThat(wrong.result()).isEmpty();
        assertThat(wrong.failure()).get().hasToString("java.lang.IllegalArgumentException: no such cohort");
    }

    @Test
    void aCancelledJobEndsWhereItTellsItsProgressAndIsUnknown() throws InterruptedException {
        var walking = new CountDownLatch(1);
        var job = background.begin(
                "a",
                progress -> {
                    while (true) {
                        progress.at("walking", 1, 1000);
                        walking.countDown();
                    }
                },
                IllegalArgumentException.class);
        assertThat(walking.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(job.progress()).isEqualTo("walking: 1 of 1000");
        assertThat(background.cancel(job.id())).isTrue();
        awaitTurn();
        assertThat(background.find(job.id())).isEmpty();
        assertThat(background.cancel(job.id())).isFalse();
        assertThat(job.result()).isEmpty();
    }

    @Test
    void whatWaitsIsOpenAndTooMuchIsRefused() throws InterruptedException {
        var last = new CountDownLatch(10);
        for (int i = 0; i < 10; i++) {
            background.begin("job " + i, progress -> waiting(last), IllegalArgumentException.class);
        }
        assertThat(background.isOpen("job 9")).isTrue();
        assertThat(background.isOpen("job 10")).isFalse();
        assertThatThrownBy(() -> background.begin("job 10", progress -> waiting(last), IllegalArgumentException.class))
                .isInstanceOf(TooManyJobs.class)
                .hasMessageStartingWith("10 jobs of this kind wait already");
        gate.countDown();
        assertThat(last.await(1, TimeUnit.MINUTES)).isTrue();
        awaitTurn();
        assertThat(background.isOpen("job 9")).isFalse();
    }

    /** Jobs have their turn one after another: when the work of this one begins, all before it are over. */
    private void awaitTurn() throws InterruptedException {
        var turn = new CountDownLatch(1);
        background.begin(
                "turn",
                progress -> {
                    turn.countDown();
                    return "here";
                },
                IllegalArgumentException.class);
        assertThat(turn.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private String waiting(CountDownLatch done) {
        try {
            gate.await();
            done.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return "done";
    }
}
