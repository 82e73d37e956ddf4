package org.auspex.benchmarks.kills;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Lets the process say where it is, and stand still there until it is killed or told to go on. */
final class Stops {

    private static final Duration LONGER_THAN_ANY_TEST = Duration.ofMinutes(5);

    private final Console console;
    private final AtomicReference<Stage> at = new AtomicReference<>(Stage.ANYWHERE);

    Stops(Console console) {
        this.console = console;
    }

    void stopAt(Stage stage) {
        at.set(stage);
    }

    /** Called when a stage is reached; stands still if it is the one, once. */
    void reached(Stage stage) {
        if (stage != Stage.ANYWHERE && at.compareAndSet(stage, Stage.ANYWHERE)) {
            console.say("at " + stage);
            pause(LONGER_THAN_ANY_TEST);
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
