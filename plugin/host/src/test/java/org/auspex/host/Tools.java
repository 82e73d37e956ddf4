package org.auspex.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A client of the Model Context Protocol, of the few messages that a test needs. */
final class Tools {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI endpoint;
    private final String[] header;
    private final String session;

    /** Begins a session. */
    Tools(HttpClient http, URI endpoint, String... header) {
        this.http = http;
        this.endpoint = endpoint;
        this.header = header;
        var begun = send(
                "",
                Map.of(
                        "jsonrpc",
                        "2.0",
                        "id",
                        1,
                        "method",
                        "initialize",
                        "params",
                        Map.of(
                                "protocolVersion", "2025-06-18",
                                "capabilities", Map.of(),
                                "clientInfo", Map.of("name", "test", "version", "1"))));
        this.session = begun.headers().firstValue("Mcp-Session-Id").orElseThrow();
        send(session, Map.of("jsonrpc", "2.0", "method", "notifications/initialized"));
    }

    List<String> names() {
        return StreamSupport.stream(ask("tools/list", Map.of()).get("tools").spliterator(), false)
                .map(tool -> tool.get("name").asText())
                .toList();
    }

    Result call(String tool, Map<String, Object> arguments) {
        var result = ask("tools/call", Map.of("name", tool, "arguments", arguments));
        return new Result(
                result.get("isError").asBoolean(), result.at("/content/0/text").asText());
    }

    /** The answer comes as one event of a stream. */
    private JsonNode ask(String method, Map<String, Object> parameters) {
        var answer = send(session, Map.of("jsonrpc", "2.0", "id", 2, "method", method, "params", parameters))
                .body();
        var data = answer.lines()
                .filter(line -> line.startsWith("data:"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No event in: " + answer));
        try {
            return JSON.readTree(data.substring("data:".length())).get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(String inSession, Map<String, Object> message) {
        try {
            var request = HttpRequest.newBuilder(endpoint)
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(message)));
            if (header.length > 0) {
                request.headers(header);
            }
            if (!inSession.isEmpty()) {
                request.header("Mcp-Session-Id", inSession);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a tool answered. */
    record Result(boolean isError, String text) {}
}
