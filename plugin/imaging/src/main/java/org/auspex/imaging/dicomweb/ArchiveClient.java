package org.auspex.imaging.dicomweb;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.auspex.imaging.archive.ArchiveFailed;
import org.auspex.imaging.archive.ArchiveFailed.Kind;
import org.auspex.imaging.multipart.MediaType;

/** Asks archives over HTTP. It follows no redirect: an archive could lead anywhere with one. */
public final class ArchiveClient implements AutoCloseable {

    private final HttpClient http;
    private final ClientLimits limits;
    private final ScheduledExecutorService watchers;

    public ArchiveClient(ClientLimits limits) {
        this.limits = limits;
        this.http = HttpClient.newBuilder()
                .connectTimeout(limits.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.watchers = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "auspex-archive-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * An answer, whose body is read within the limits.
     *
     * @param whose for messages
     */
    record Reply(int status, MediaType type, InputStream body, String whose) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            body.close();
        }

        /**
         * This answer, if its status says that it is what was asked for.
         *
         * @throws ArchiveFailed otherwise
         */
        Reply successful() throws IOException {
            if (status / 100 == 2) {
                return this;
            }
            body.close();
            throw new ArchiveFailed(kind(), "%s %s".formatted(whose, meaning()));
        }

        private Kind kind() {
            return switch (status) {
                case 404, 410 -> Kind.NOT_FOUND;
                case 413 -> Kind.TOO_LARGE;
                case 429, 503, 504 -> Kind.BUSY;
                case 507 -> Kind.FULL;
                default -> Kind.REFUSED;
            };
        }

        private String meaning() {
            return switch (status) {
                case 301, 302, 303, 307, 308 ->
                    "answers %d: it has moved, and redirects are not followed; correct its address".formatted(status);
                case 401, 403 -> "answers %d; set auspex.dicom.archives.NAME.authorization".formatted(status);
                case 404, 410 -> "answers %d: it has no such thing".formatted(status);
                case 406 -> "answers 406: it cannot send this in a transfer syntax that is read here";
                default -> "answers %d".formatted(status);
            };
        }
    }

    /** @throws ArchiveFailed if there is no answer in time */
    Reply send(ArchiveAddress archive, HttpRequest.Builder request, boolean uploads) {
        archive.authorization().ifPresent(value -> request.header("Authorization", value));
        var whole = request.timeout(uploads ? limits.overall() : shorter()).build();
        var whose = "%s at %s".formatted(archive, whole.uri().getPath());
        try {
            var response = http.send(whole, HttpResponse.BodyHandlers.ofInputStream());
            return new Reply(
                    response.statusCode(),
                    MediaType.of(response.headers().firstValue("Content-Type").orElse("")),
                    new WatchedStream(response.body(), limits, whose, watchers),
                    whose);
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw new ArchiveFailed(
                    Kind.UNREACHABLE, "Nobody answers at %s within %s".formatted(archive, limits.connect()), e);
        } catch (HttpTimeoutException e) {
            throw new ArchiveFailed(
                    Kind.TIMEOUT,
                    "%s did not begin to answer within %s".formatted(whose, uploads ? limits.overall() : shorter()),
                    e);
        } catch (IOException e) {
            throw new ArchiveFailed(Kind.UNREACHABLE, "%s broke off before it answered".formatted(whose), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveFailed(Kind.TIMEOUT, "The server stopped while it asked %s".formatted(whose), e);
        }
    }

    private java.time.Duration shorter() {
        return limits.idle().compareTo(limits.overall()) < 0 ? limits.idle() : limits.overall();
    }

    @Override
    public void close() {
        watchers.shutdownNow();
    }
}
