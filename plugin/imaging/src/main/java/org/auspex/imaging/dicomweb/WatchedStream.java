package org.auspex.imaging.dicomweb;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.auspex.imaging.archive.ArchiveFailed;
import org.auspex.imaging.archive.ArchiveFailed.Kind;

/** An answer on its way. It is ended when it pauses too long, takes too long, or grows too long; its reader is told which. */
final class WatchedStream extends InputStream {

    private final InputStream answer;
    private final ClientLimits limits;
    private final String whose;
    private final long started = System.nanoTime();
    private final ScheduledFuture<?> watch;
    private volatile long progress = System.nanoTime();
    private volatile boolean expired;
    private long bytes;

    /**
     * @param whose for messages
     */
    WatchedStream(InputStream answer, ClientLimits limits, String whose, ScheduledExecutorService watchers) {
        this.answer = answer;
        this.limits = limits;
        this.whose = whose;
        var often =
                Math.max(1, Math.min(limits.idle().toMillis(), limits.overall().toMillis()) / 4);
        this.watch = watchers.scheduleWithFixedDelay(this::look, often, often, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (System.nanoTime() - progress > limits.idle().toNanos() || isOver()) {
            expired = true;
            watch.cancel(false);
            closeAnswer();
        }
    }

    private boolean isOver() {
        return System.nanoTime() - started > limits.overall().toNanos();
    }

    /** Wakes a reader that waits for the next bytes. */
    private void closeAnswer() {
        try {
            answer.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read;
        try {
            read = answer.read(into, from, length);
        } catch (IOException e) {
            refuseWhenExpired();
            throw new ArchiveFailed(Kind.UNREACHABLE, "%s broke off after %d bytes".formatted(whose, bytes), e);
        }
        // A stream that was closed by the watch may look as if it had ended.
        refuseWhenExpired();
        progress = System.nanoTime();
        bytes += Math.max(0, read);
        if (bytes > limits.bytes()) {
            throw new ArchiveFailed(
                    Kind.TOO_LARGE,
                    "%s sends more than the %d bytes that auspex.dicom.client.max-bytes allows"
                            .formatted(whose, limits.bytes()));
        }
        return read;
    }

    private void refuseWhenExpired() {
        if (expired) {
            throw new ArchiveFailed(
                    Kind.TIMEOUT,
                    isOver()
                            ? "%s sent %d bytes and was not done within %s".formatted(whose, bytes, limits.overall())
                            : "%s sent %d bytes, and then none for %s".formatted(whose, bytes, limits.idle()));
        }
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        answer.close();
    }
}
