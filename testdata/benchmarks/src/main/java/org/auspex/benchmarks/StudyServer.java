package org.auspex.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server that keeps studies and serves one model of studies, as its clients see it. */
final class StudyServer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final Rest rest;
    private final String model;

    StudyServer(ServerProcess server, String model) {
        this.address = server.address();
        this.rest = server.rest();
        this.model = model;
    }

    JsonNode predict(String study, boolean persist) {
        return rest.post(
                study + "/$predict",
                Map.of(
                        "resourceType",
                        "Parameters",
                        "parameter",
                        List.of(Map.of("name", "persist", "valueBoolean", persist))));
    }

    /** Calls of the network and how long they ran. */
    record Computed(long calls, double nanoseconds) {

        Computed since(Computed before) {
            return new Computed(calls - before.calls, nanoseconds - before.nanoseconds);
        }

        double milliseconds() {
            return nanoseconds / 1e6 / calls;
        }
    }

    Computed computed() {
        var infer = read(address.resolve("/v2/models/%s/stats".formatted(model)))
                .at("/model_stats/0/inference_stats/compute_infer");
        return new Computed(infer.path("count").asLong(), infer.path("ns").asDouble());
    }

    private JsonNode read(URI address) {
        try {
            return JSON.readTree(send(HttpRequest.newBuilder(address).build()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** STOW-RS. */
    void store(byte[] file) throws IOException {
        var body = new ByteArrayOutputStream();
        body.write("--b\r\nContent-Type: application/dicom\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        body.write(file);
        body.write("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        var request = HttpRequest.newBuilder(address.resolve("/dicomweb/studies"))
                .header("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        var answer = send(request);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("STOW-RS answered %d: %s".formatted(answer.statusCode(), answer.body()));
        }
    }

    /** Of the ImagingStudy that its images became. */
    String reference(String uid) {
        for (int attempt = 0; attempt < 300; attempt++) {
            var found = rest.get("ImagingStudy?identifier=urn:dicom:uid%7Curn:oid:" + uid);
            if (found.path("total").asInt() == 1) {
                return "ImagingStudy/" + found.at("/entry/0/resource/id").asText();
            }
            Rest.pause(Duration.ofMillis(100));
        }
        throw new IllegalStateException("Study %s became no ImagingStudy".formatted(uid));
    }
}
