package org.auspex.benchmarks.kills;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A network that answers its input divided by 1000, and is ill-behaved when it is asked about certain values. It lives in
 * the process that is killed, and is called like any network elsewhere.
 */
final class TrivialModel {

    static final String NAME = "trivial";
    static final String CODE = "8867-4";

    /** Above this the model never answers. */
    static final int HANGS = 800;
    /** Above this it takes memory until there is none. */
    static final int EATS_MEMORY = 900;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stops stops;
    private final List<long[]> eaten = new ArrayList<>();

    TrivialModel(Stops stops) {
        this.stops = stops;
    }

    /** Serves the network, and writes the card that leads there. */
    void writeInto(Path models) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v2/models/" + NAME, exchange -> reply(exchange, Map.of("name", NAME)));
            server.createContext("/v2/models/" + NAME + "/infer", this::infer);
            server.setExecutor(Executors.newCachedThreadPool(task -> {
                var thread = new Thread(task, "trivial-model");
                thread.setDaemon(true);
                return thread;
            }));
            server.start();
            var folder = Files.createDirectories(models.resolve(NAME).resolve("1.0.0"));
            Files.writeString(
                    folder.resolve("model.yaml"),
                    CARD.formatted(
                            NAME, "http://localhost:" + server.getAddress().getPort(), CODE, CODE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void infer(HttpExchange exchange) throws IOException {
        stops.reached(Stage.INFERRING);
        var rows = new ArrayList<Double>();
        for (JsonNode value : JSON.readTree(exchange.getRequestBody()).at("/inputs/0/data")) {
            misbehave(value.asDouble());
            rows.add(value.asDouble() / 1000);
        }
        reply(
                exchange,
                Map.of(
                        "outputs",
                        List.of(Map.of(
                                "name", "risk", "datatype", "FP32", "shape", List.of(rows.size(), 1), "data", rows))));
    }

    private void misbehave(double value) {
        if (value > EATS_MEMORY) {
            while (true) {
                eaten.add(new long[1 << 20]);
            }
        }
        if (value > HANGS) {
            Stops.pause(Duration.ofMinutes(1));
        }
    }

    private static void reply(HttpExchange exchange, Map<String, ?> body) throws IOException {
        var bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static final String CARD = """
            model: %s
            version: 1.0.0
            title: A pulse divided by 1000
            intendedUse: A benchmark, not for patients.
            licence: {code: Apache-2.0, weights: none}
            subject: Patient
            engine: {kind: kserve, url: "%s", binary: false}
            trigger: {on: ["Observation?code=http://loinc.org|%s"]}
            inputs:
              - {name: pulse, from: "Observation?code=http://loinc.org|%s", value: value, unit: /min, missing: abstain}
            outputs:
              - {name: risk, kind: probability, display: Risk}
            """;
}
