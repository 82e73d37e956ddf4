package org.auspex.language.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An endpoint that speaks OpenAI's chat completions over HTTP, and says what a test has told it to say. */
public final class StandIn implements AutoCloseable {

    public static final String MODEL = "stand-in";
    public static final String KEY = "a-key-for-tests";
    public static final int INPUT_TOKENS = 100;
    public static final int OUTPUT_TOKENS = 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is done with one request. */
    @FunctionalInterface
    public interface Manner {
        void answer(HttpExchange exchange, JsonNode request) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final List<Manner> manners = new CopyOnWriteArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger mostInside = new AtomicInteger();

    public StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("No port of the loopback can be listened to", e);
        }
        server.createContext("/v1/chat/completions", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** The manners of the next requests, one each; the last one stays. */
    public StandIn then(Manner... next) {
        manners.addAll(List.of(next));
        return this;
    }

    /** The manner of all requests from now on. */
    public StandIn always(Manner manner) {
        manners.clear();
        requests.clear();
        return then(manner);
    }

    public URI url() {
        return URI.create("http://localhost:%d/v1".formatted(server.getAddress().getPort()));
    }

    public Endpoint endpoint() {
        return endpoint(new Endpoint.Limits(Duration.ofSeconds(10), 2, 2));
    }

    public Endpoint endpoint(Endpoint.Limits limits) {
        return new Endpoint(url(), MODEL, Optional.of(KEY), limits, new Endpoint.Generation(500, 0, Optional.of(1)));
    }

    public List<JsonNode> requests() {
        return requests;
    }

    /** What the header Authorization said, request by request. */
    public List<String> keys() {
        return keys;
    }

    public int mostInside() {
        return mostInside.get();
    }

    /** A complete answer. */
    public static Manner says(String text) {
        return (exchange, request) -> send(exchange, 200, completion(request, Map.of("content", text), "stop"));
    }

    /** A complete answer that depends on what the user's message says. */
    public static Manner answers(Function<JsonNode, String> answer) {
        return (exchange, request) -> says(answer.apply(
                        JSON.readTree(request.at("/messages/1/content").asText())))
                .answer(exchange, request);
    }

    /** An answer that ends for another reason. */
    public static Manner ends(String text, String finishReason) {
        return (exchange, request) -> send(exchange, 200, completion(request, Map.of("content", text), finishReason));
    }

    public static Manner refuses(String words) {
        return (exchange, request) -> send(exchange, 200, completion(request, Map.of("refusal", words), "stop"));
    }

    /** Exactly this body, with status 200. */
    public static Manner sends(String body) {
        return (exchange, request) -> send(exchange, 200, body);
    }

    /** OpenAI's way of telling an error; endpoints repeat the question in it. */
    public static Manner fails(int status, String... headers) {
        return (exchange, request) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            var message = "Cannot answer " + request.path("messages");
            send(
                    exchange,
                    status,
                    JSON.writeValueAsString(Map.of("error", Map.of("message", message, "code", status))));
        };
    }

    /** Half of a complete answer, then the end of the connection. */
    public static Manner breaksOff(String text) {
        return (exchange, request) -> {
            var body = completion(request, Map.of("content", text), "stop").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body, 0, body.length / 2);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** Begins at once and then sends a space now and then. */
    public static Manner drips(Duration pause, int times) {
        return (exchange, request) -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < times; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                sleep(pause);
            }
            exchange.close();
        };
    }

    /** Another manner, later. */
    public static Manner after(Duration pause, Manner manner) {
        return (exchange, request) -> {
            sleep(pause);
            manner.answer(exchange, request);
        };
    }

    private static String completion(JsonNode request, Map<String, String> message, String finishReason)
            throws IOException {
        var answer = JSON.createObjectNode()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion")
                .put("created", 1_760_000_000)
                .put("model", request.path("model").asText() + "-2026-01")
                .put("system_fingerprint", "fp_1")
                .put("kv_transfer_params", "a field of one server only");
        var choice = answer.putArray("choices").addObject().put("index", 0).put("finish_reason", finishReason);
        var said = choice.putObject("message").put("role", "assistant").putNull("content");
        message.forEach(said::put);
        answer.putObject("usage")
                .put("prompt_tokens", INPUT_TOKENS)
                .put("completion_tokens", OUTPUT_TOKENS)
                .put("total_tokens", INPUT_TOKENS + OUTPUT_TOKENS);
        return JSON.writeValueAsString(answer);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
        try {
            var request = JSON.readTree(exchange.getRequestBody());
            keys.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse(""));
            requests.add(request);
            next().answer(exchange, request);
        } finally {
            inside.decrementAndGet();
            exchange.close();
        }
    }

    private synchronized Manner next() {
        return manners.size() > 1 ? manners.remove(0) : manners.get(0);
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
