package org.auspex.language.documents;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.auspex.language.documents.DocumentRefused.Reason;

/** Gets bytes over HTTP. It follows no redirect: a source could lead anywhere with one. */
public final class Fetching {

    private final HttpClient http;
    private final Duration timeout;

    /** @param timeout of one attachment, from the call to its last byte */
    public Fetching(Duration timeout) {
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** @throws DocumentRefused if there is no answer in time, another status than 200, or more bytes */
    byte[] bytes(URI address, Optional<String> authorization, int most) {
        var request = HttpRequest.newBuilder(address).timeout(timeout);
        authorization.ifPresent(value -> request.header("Authorization", value));
        var body = new Body(most);
        var answer = http.sendAsync(request.build(), BodyHandlers.ofByteArrayConsumer(body::add));
        try {
            var status = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status != 200) {
                throw refused(address, "answers %d".formatted(status), null);
            }
            return body.bytes();
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw refused(address, "did not answer within %s".formatted(timeout), e);
        } catch (ExecutionException e) {
            throw refused(address, "does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(address, "was not waited for, because the server stops", e);
        }
    }

    private static DocumentRefused refused(
            URI address, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new DocumentRefused(
                Reason.OUT_OF_REACH,
                "%s, where the attachment is, %s. Send the note inline, or see to that source".formatted(address, why),
                cause);
    }

    /** What has come so far, and no more than may. */
    private static final class Body {

        private final int most;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean tooMuch;

        Body(int most) {
            this.most = most;
        }

        /** More than may come is let go by, so that the end of the answer is seen. */
        synchronized void add(Optional<byte[]> piece) {
            piece.filter(more -> !tooMuch).ifPresent(more -> {
                tooMuch = bytes.size() + more.length > most;
                if (!tooMuch) {
                    bytes.writeBytes(more);
                }
            });
        }

        synchronized byte[] bytes() {
            if (tooMuch) {
                throw new DocumentRefused(
                        Reason.TOO_LARGE, "The attachment has more than %d bytes. Split it".formatted(most));
            }
            return bytes.toByteArray();
        }
    }
}
