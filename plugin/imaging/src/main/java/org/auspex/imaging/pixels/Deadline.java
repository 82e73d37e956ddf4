package org.auspex.imaging.pixels;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.auspex.imaging.dicom.DicomRefused;

/**
 * Lets a library decode on a thread of its own, and waits only so long. A thread that does not come back is left behind, since
 * Java cannot stop it; when some have been, nothing more is decoded until they end.
 */
final class Deadline {

    private static final int MOST_LEFT_BEHIND = 4;

    private final Duration limit;
    private final AtomicInteger leftBehind = new AtomicInteger();

    Deadline(Duration limit) {
        this.limit = limit;
    }

    Samples within(Callable<Samples> decoding) throws IOException {
        if (leftBehind.get() >= MOST_LEFT_BEHIND) {
            throw new DicomRefused(
                    "%d frames have been decoded for more than %s each and do not end; restart the server"
                            .formatted(MOST_LEFT_BEHIND, limit));
        }
        var task = new FutureTask<>(decoding);
        var running = new AtomicInteger(1);
        var thread = new Thread(() -> run(task, running), "auspex-decode");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            leave(running);
            thread.interrupt();
            throw new DicomRefused(
                    "The frame was not decoded within %s; %s".formatted(limit, TransferSyntax.remedy()), e);
        } catch (InterruptedException e) {
            leave(running);
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new DicomRefused("Decoding was interrupted", e);
        } catch (ExecutionException e) {
            throw refusal(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    /** One that has ended meanwhile is not counted. */
    private void leave(AtomicInteger running) {
        leftBehind.addAndGet(running.getAndSet(0));
    }

    private void run(FutureTask<Samples> task, AtomicInteger running) {
        task.run();
        if (running.getAndSet(0) == 0) {
            leftBehind.decrementAndGet();
        }
    }

    /**
     * Decoders answer damaged data with every kind of exception, and a header that asks for too much with an error of memory,
     * which ended with their thread.
     */
    private static DicomRefused refusal(Throwable cause) throws IOException {
        if (cause instanceof DicomRefused refused) {
            return refused;
        }
        if (cause instanceof Error error && !(cause instanceof VirtualMachineError)) {
            throw error;
        }
        return new DicomRefused(
                "The frame cannot be decoded (%s); it is damaged, or of a kind that the decoder does not know; %s"
                        .formatted(cause.getClass().getSimpleName(), TransferSyntax.remedy()),
                cause);
    }
}
