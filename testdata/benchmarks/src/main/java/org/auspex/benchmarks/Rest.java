package org.auspex.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A plain FHIR client that keeps its connections. It may be used by several threads. */
final class Rest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    Rest(String base) {
        this.base = base;
    }

    JsonNode get(String path) {
        return expect(200, request(path).GET());
    }

    JsonNode post(String path, Object body) {
        return expect(200, request(path).POST(BodyPublishers.ofString(text(body))));
    }

    /** Stores a new resource and answers it as it was stored. */
    JsonNode create(String type, Object resource) {
        return expect(201, request(type).POST(BodyPublishers.ofString(text(resource))));
    }

    void put(String path, Object body) {
        var answer = send(request(path).PUT(BodyPublishers.ofString(text(body))));
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("%s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
    }

    /** Asks what cannot be waited for, and answers the address to come back to. */
    String start(String path, Object body) {
        var answer = send(request(path).POST(BodyPublishers.ofString(text(body))));
        return answer.headers()
                .firstValue("Content-Location")
                .orElseThrow(() -> new IllegalStateException(
                        "%s answered %d: %s".formatted(path, answer.statusCode(), answer.body())));
    }

    /** Comes back to such an address. */
    Look look(String address) {
        var answer = send(HttpRequest.newBuilder(URI.create(address)).GET());
        return answer.statusCode() == 202
                ? new Look(
                        Optional.empty(),
                        answer.headers().firstValue("X-Progress").orElse("0"))
                : new Look(Optional.of(read(answer)), "");
    }

    /**
     * @param answer empty while there is none
     * @param progress what the server says of it
     */
    record Look(Optional<JsonNode> answer, String progress) {}

    /** Whether the server answers at all; waits a moment when it does not listen yet. */
    boolean answers(String path) {
        try {
            return send(request(path).GET()).statusCode() == 200;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ConnectException) {
                pause(Duration.ofMillis(20));
                return false;
            }
            throw e;
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

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.isEmpty() ? base : base + "/" + path))
                .timeout(Duration.ofMinutes(5))
                .header("Content-Type", "application/fhir+json")
                .header("Cache-Control", "no-cache");
    }

    private JsonNode expect(int status, HttpRequest.Builder request) {
        var answer = send(request);
        if (answer.statusCode() != status) {
            throw new IllegalStateException(
                    "%s answered %d: %s".formatted(request.build().uri(), answer.statusCode(), answer.body()));
        }
        return read(answer);
    }

    private static JsonNode read(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("The answer is no JSON", e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private static String text(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
