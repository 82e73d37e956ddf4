package org.auspex.language.chat;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.auspex.language.chat.ChatFailure.Reason;

/**
 * Carries LangChain4j's requests by the JDK's client. The library's own carrier limits the time to the first byte only, reads answers of any
 * length, and drops Retry-After.
 */
final class Transport implements HttpClient {

    /** Far above any answer: a token is a few bytes. */
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final Endpoint endpoint;
    private final java.net.http.HttpClient http;

    Transport(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.http = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        var body = new ByteArrayOutputStream();
        var response = answer(http.sendAsync(jdk(request), BodyHandlers.ofByteArrayConsumer(into(body))));
        var status = response.statusCode();
        if (status < 200 || status > 299) {
            throw Statuses.failure(endpoint, status, response.headers());
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(status)
                .headers(response.headers().map())
                .body(body.toByteArray())
                .build();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("Answers are not streamed");
    }

    private HttpResponse<Void> answer(CompletableFuture<HttpResponse<Void>> exchange) {
        var timeout = endpoint.limits().timeout();
        try {
            return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new ChatFailure(
                    Reason.TIMEOUT,
                    "%s gave no whole answer within %s. Raise %s or lower %s."
                            .formatted(endpoint, timeout, Setting.TIMEOUT, Setting.MAX_TOKENS));
        } catch (ExecutionException e) {
            throw failure(Optional.ofNullable(e.getCause()).orElse(e));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new ChatFailure(Reason.INTERRUPTED, "The question to %s was interrupted.".formatted(endpoint));
        }
    }

    /** The cause is named, not kept: LangChain4j would take the innermost one for the failure. */
    private ChatFailure failure(Throwable cause) {
        return cause instanceof AnswerTooLarge
                ? new ChatFailure(
                        Reason.TOO_LARGE,
                        "%s answered with more than %d bytes. Lower %s, or see whether a chat endpoint is at %s."
                                .formatted(endpoint, MOST_BYTES, Setting.MAX_TOKENS, Setting.BASE_URL))
                : new ChatFailure(
                        Reason.UNREACHABLE,
                        "%s cannot be reached, or broke off (%s). See whether it runs, and check %s."
                                .formatted(endpoint, cause.getClass().getSimpleName(), Setting.BASE_URL));
    }

    private static Consumer<Optional<byte[]>> into(ByteArrayOutputStream body) {
        return piece -> piece.ifPresent(bytes -> {
            if (body.size() + bytes.length > MOST_BYTES) {
                throw new AnswerTooLarge();
            }
            body.writeBytes(bytes);
        });
    }

    private java.net.http.HttpRequest jdk(HttpRequest request) {
        var copy = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method().name(), BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> copy.header(name, value)));
        return copy.build();
    }

    private static final class AnswerTooLarge extends IllegalStateException {
        private static final long serialVersionUID = 1L;
    }

    /** Gives LangChain4j this carrier; the times that it asks for are those of the endpoint already. */
    record Builder(Transport transport) implements HttpClientBuilder {

        @Override
        public Duration connectTimeout() {
            return transport.endpoint.limits().timeout();
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return transport.endpoint.limits().timeout();
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return transport;
        }
    }
}
