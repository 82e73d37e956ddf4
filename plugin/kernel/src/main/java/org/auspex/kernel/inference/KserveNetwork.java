package org.auspex.kernel.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.auspex.kernel.model.EngineSpec;
import org.auspex.kernel.model.Signature;

/** A network on a server that speaks the Open Inference Protocol: Triton, KServe, MLServer, or another Auspex. */
final class KserveNetwork implements Network {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final String name;
    private final EngineSpec.Remote remote;
    private final Signature signature;
    private final Duration timeout;
    private final HttpClient http;

    private KserveNetwork(
            HttpClient http, String name, EngineSpec.Remote remote, Signature signature, Duration timeout) {
        this.http = http;
        this.name = name;
        this.remote = remote;
        this.signature = signature;
        this.timeout = timeout;
    }

    /** A client that models share, with its connections. */
    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .build();
    }

    /**
     * Finds the model and compares its tensors with the card's.
     *
     * @throws InferenceFailed of kind DOWN if it is not there or not ready, FAULT if it is another model
     */
    static KserveNetwork open(
            HttpClient http, String name, EngineSpec.Remote remote, Signature signature, Duration timeout) {
        var network = new KserveNetwork(http, name, remote, signature, timeout);
        var ready = network.send(network.request("/ready").GET());
        if (ready.statusCode() != 200) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.DOWN,
                    "%s is not ready at %s (status %d)".formatted(name, network.place(""), ready.statusCode()));
        }
        network.compare(network.json(network.send(network.request("").GET())));
        return network;
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs) {
        var envelope = JsonNodeFactory.instance.objectNode();
        if (remote.binary()) {
            envelope.putObject("parameters").put("binary_data_output", true);
        }
        var message = Message.of(envelope, "inputs", inputs, tensor -> remote.binary());
        var request = request("/infer")
                .header("Content-Type", remote.binary() ? "application/octet-stream" : "application/json")
                .POST(BodyPublishers.ofByteArray(message.body()));
        message.jsonLength().ifPresent(length -> request.header(Message.JSON_LENGTH, String.valueOf(length)));
        var answer = send(request);
        if (answer.statusCode() != 200) {
            throw refused(answer.statusCode());
        }
        return read(answer);
    }

    @Override
    public void close() {
        // The client is shared.
    }

    private List<Tensor> read(HttpResponse<byte[]> answer) {
        try {
            var length = answer.headers().firstValue(Message.JSON_LENGTH);
            return new Message(
                            answer.body(),
                            length.isPresent()
                                    ? OptionalInt.of(
                                            Integer.parseInt(length.get().trim()))
                                    : OptionalInt.empty())
                    .read("outputs")
                    .tensors();
        } catch (TensorRefused | NumberFormatException e) {
            throw fault("answered what the protocol does not allow", e);
        }
    }

    private InferenceFailed refused(int status) {
        var gone = status == 502 || status == 503 || status == 504 || status == 404;
        return new InferenceFailed(
                gone ? InferenceFailed.Kind.DOWN : InferenceFailed.Kind.FAULT,
                "%s: %s answered %d".formatted(name, place("/infer"), status));
    }

    private void compare(JsonNode metadata) {
        var wanted = signature.inputs().stream()
                .map(spec -> spec.name() + " " + spec.datatype())
                .sorted()
                .toList();
        var found = StreamSupport.stream(metadata.path("inputs").spliterator(), false)
                .map(input -> input.path("name").asText() + " "
                        + input.path("datatype").asText())
                .sorted()
                .toList();
        if (!found.isEmpty() && !found.equals(wanted)) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT,
                    "%s takes %s at %s, the card means %s".formatted(name, found, place(""), wanted));
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(place(path)).timeout(timeout);
    }

    private URI place(String path) {
        var version = remote.version().map(number -> "/versions/" + number).orElse("");
        return URI.create("%s/v2/models/%s%s%s".formatted(base(), remote.model(), version, path));
    }

    private String base() {
        var url = remote.url().toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (HttpTimeoutException e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.TIMEOUT, "%s: %s gave no answer".formatted(name, remote.url()), e);
        } catch (IOException e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.DOWN,
                    "%s: %s cannot be reached, or broke off".formatted(name, remote.url()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InferenceFailed(InferenceFailed.Kind.BUSY, "%s was interrupted".formatted(name), e);
        }
    }

    private JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw fault("described itself in no JSON", e);
        }
    }

    private InferenceFailed fault(String what, Throwable cause) {
        return new InferenceFailed(
                InferenceFailed.Kind.FAULT,
                "%s: %s %s (%s)".formatted(name, remote.url(), what, cause.getMessage()),
                cause);
    }
}
