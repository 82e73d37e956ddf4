package org.auspex.kernel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.auspex.kernel.model.Datatype;
import org.auspex.kernel.model.EngineSpec;
import org.auspex.kernel.model.Signature;
import org.auspex.kernel.model.TensorSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model on another server: one of ours that speaks the protocol over HTTP, with the faults that servers have. */
@Timeout(60)
class KserveNetworkTest {

    private static final Signature SIGNATURE = new Signature(
            List.of(new TensorSpec("x", Datatype.FP32, List.of(TensorSpec.ANY, 2L))),
            List.of(new TensorSpec("y", Datatype.FP32, List.of(TensorSpec.ANY, 2L))));
    private static final List<Tensor> INPUTS = List.of(Tensor.of("x", new float[] {1, 2, 3, 4}, 2, 2));

    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private volatile Fault fault = Fault.NONE;

    private enum Fault {
        NONE,
        HANGS,
        HALF,
        ERROR,
        UNAVAILABLE,
        NOT_A_NUMBER,
        NO_JSON
    }

    KserveNetworkTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.createContext("/v2/models/double/ready", exchange -> reply(exchange, 200, new byte[0]));
        server.createContext(
                "/v2/models/double", exchange -> reply(exchange, 200, """
                        {"name": "double", "inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 2]}]}
                        """.getBytes(StandardCharsets.UTF_8)));
        server.createContext("/v2/models/double/infer", this::infer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void computesOnTheOtherServer(boolean binary) {
        var answer = open(binary).run(INPUTS);

        assertThat(answer.get(0).values()).containsExactly(2, 4, 6, 8);
        assertThat(answer.get(0).shape()).containsExactly(2L, 2L);
    }

    @Test
    void refusesAModelWithOtherTensors() {
        var other = new Signature(
                List.of(new TensorSpec("values", Datatype.FP32, List.of(TensorSpec.ANY, 2L))), SIGNATURE.outputs());

        assertThatThrownBy(() -> KserveNetwork.open(
                        KserveNetwork.client(), "far|1.0.0", remote("double", true), other, Duration.ofSeconds(30)))
                .isInstanceOf(InferenceFailed.class)
                .hasMessageContaining("takes [x FP32] at http://")
                .hasMessageEndingWith("the card means [values FP32]");
    }

    @Test
    void isDownWhereThereIsNoSuchModel() {
        var failed = catchThrowableOfType(
                InferenceFailed.class,
                () -> KserveNetwork.open(
                        KserveNetwork.client(),
                        "far|1.0.0",
                        remote("nothing", true),
                        SIGNATURE,
                        Duration.ofSeconds(30)));

        assertThat(failed.kind()).isEqualTo(InferenceFailed.Kind.DOWN);
        assertThat(failed).hasMessageContaining("is not ready at http://").hasMessageEndingWith("(status 404)");
    }

    @Test
    void givesUpWaitingForAServerThatHangs() {
        var network = open(true, Duration.ofSeconds(5));
        fault = Fault.HANGS;

        var failed = catchThrowableOfType(InferenceFailed.class, () -> network.run(INPUTS));

        assertThat(failed.kind()).isEqualTo(InferenceFailed.Kind.TIMEOUT);
        assertThat(failed).hasMessageContaining("gave no answer");
    }

    @Test
    void isDownWhereTheAnswerBreaksOff() {
        var network = open(true);
        fault = Fault.HALF;

        var failed = catchThrowableOfType(InferenceFailed.class, () -> network.run(INPUTS));

        assertThat(failed.kind()).isEqualTo(InferenceFailed.Kind.DOWN);
        assertThat(failed).hasMessageContaining("cannot be reached, or broke off");
    }

    @Test
    void tellsAnErrorFromAServerThatIsNotThere() {
        var network = open(true);
        fault = Fault.ERROR;
        var error = catchThrowableOfType(InferenceFailed.class, () -> network.run(INPUTS));
        fault = Fault.UNAVAILABLE;
        var unavailable = catchThrowableOfType(InferenceFailed.class, () -> network.run(INPUTS));
        fault = Fault.NO_JSON;
        var nonsense = catchThrowableOfType(InferenceFailed.class, () -> network.run(INPUTS));

        assertThat(error.kind()).isEqualTo(InferenceFailed.Kind.FAULT);
        assertThat(error).hasMessageEndingWith("/v2/models/double/infer answered 500");
        assertThat(unavailable.kind()).isEqualTo(InferenceFailed.Kind.DOWN);
        assertThat(nonsense.kind()).isEqualTo(InferenceFailed.Kind.FAULT);
        assertThat(nonsense).hasMessageContaining("answered what the protocol does not allow");
    }

    @Test
    void passesOnANumberThatIsNoneForTheCallerToRefuse() {
        var network = open(true);
        fault = Fault.NOT_A_NUMBER;

        assertThat(network.run(INPUTS).get(0).values()).containsOnly(Double.NaN);
    }

    @Test
    void servesAgainWhenTheServerIsBack() throws Exception {
        var limits = new Limits(true, 8, Duration.ZERO, 16, Duration.ofSeconds(30), Duration.ofSeconds(30), 1);
        try (var batcher = new Batcher("far|1.0.0", () -> open(true), SIGNATURE, limits)) {
            fault = Fault.UNAVAILABLE;
            var down = catchThrowableOfType(InferenceFailed.class, () -> batcher.run(INPUTS, Priority.URGENT));
            var refused = catchThrowableOfType(InferenceFailed.class, () -> batcher.run(INPUTS, Priority.URGENT));
            fault = Fault.NONE;

            assertThat(down.kind()).isEqualTo(InferenceFailed.Kind.DOWN);
            assertThat(refused).hasMessageStartingWith("far|1.0.0 does not serve: ");
            while (batcher.problem().isPresent()) {
                Thread.sleep(20);
            }
            assertThat(batcher.run(INPUTS, Priority.URGENT).get(0).values()).containsExactly(2, 4, 6, 8);
        }
    }

    private KserveNetwork open(boolean binary) {
        return open(binary, Duration.ofSeconds(30));
    }

    private KserveNetwork open(boolean binary, Duration timeout) {
        return KserveNetwork.open(KserveNetwork.client(), "far|1.0.0", remote("double", binary), SIGNATURE, timeout);
    }

    private EngineSpec.Remote remote(String model, boolean binary) {
        var url = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
        return new EngineSpec.Remote(url, model, Optional.empty(), binary);
    }

    private void infer(HttpExchange exchange) throws IOException {
        switch (fault) {
            case HANGS -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            }
            case HALF -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write("{\"outputs\": [".getBytes(StandardCharsets.UTF_8));
                exchange.close();
            }
            case ERROR -> reply(exchange, 500, "{\"error\": \"out of memory\"}".getBytes(StandardCharsets.UTF_8));
            case UNAVAILABLE -> reply(exchange, 503, new byte[0]);
            case NO_JSON -> reply(exchange, 200, "<html>".getBytes(StandardCharsets.UTF_8));
            case NONE, NOT_A_NUMBER -> compute(exchange);
        }
    }

    private void compute(HttpExchange exchange) throws IOException {
        var length = Optional.ofNullable(exchange.getRequestHeaders().getFirst(Message.JSON_LENGTH));
        var body = exchange.getRequestBody().readAllBytes();
        var content = new Message(
                        body,
                        length.map(text -> OptionalInt.of(Integer.parseInt(text)))
                                .orElse(OptionalInt.empty()))
                .read("inputs");
        var input = content.tensors().get(0);
        var bytes = ByteBuffer.allocate(input.data().remaining()).order(ByteOrder.LITTLE_ENDIAN);
        for (var value : input.values()) {
            bytes.putFloat(fault == Fault.NOT_A_NUMBER ? Float.NaN : (float) (2 * value));
        }
        var output = new Tensor("y", Datatype.FP32, input.shape(), bytes.flip());
        var answer = Message.of(
                new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode(),
                "outputs",
                List.of(output),
                name -> length.isPresent());
        answer.jsonLength()
                .ifPresent(end -> exchange.getResponseHeaders().set(Message.JSON_LENGTH, String.valueOf(end)));
        reply(exchange, 200, answer.body());
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
