package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The Open Inference Protocol, both ways: research code calls the version that serves the ward at {@code /v2}, and a card
 * moves to another server, here the same one, by its engine line.
 */
class InferenceDoorIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The sigmoid of 1.5: the small network over a value of 1.5 alone. */
    private static final double EXPECTED = 1 / (1 + Math.exp(-1.5));

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start();
        DroppedModels.network(server.models(), "near", "mean.pt");
        await("models/near/ready", answer -> answer.statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersAboutItselfAndItsModels() {
        assertThat(json(get("")).path("name").asText()).isEqualTo("auspex");
        assertThat(get("health/live").statusCode()).isEqualTo(200);
        assertThat(json(get("models/near")).at("/inputs/0"))
                .isEqualTo(tree("{'name': 'values', 'datatype': 'FP32', 'shape': [-1, 1]}"));
        assertThat(json(get("models/near/versions/1.0.0"))
                        .path("versions")
                        .get(0)
                        .asText())
                .isEqualTo("1.0.0");
        assertThat(json(post("repository/index", "{}")).findValuesAsText("name"))
                .contains("near", "coronary-disease", "news2");
    }

    /** The image of its golden case, whose answer an independent computation gave. */
    @Test
    void runsABundleFromTheImageAsItIsToThePredictionInItsGrid() throws IOException {
        DroppedModels.bundle(server.models(), "tiny_ct_segmentation");
        await("models/tiny-ct-segmentation/ready", answer -> answer.statusCode() == 200);
        var golden = JSON.readTree(server.models()
                .resolve("tiny_ct_segmentation/golden/01-oblique.json")
                .toFile());

        var answer = json(post(
                "models/tiny-ct-segmentation/infer",
                JSON.createObjectNode().set("inputs", golden.path("tensors")).toString()));

        assertThat(json(get("models/tiny-ct-segmentation"))
                        .at("/inputs/0/shape")
                        .toString())
                .isEqualTo("[1,-1,-1,-1]");
        assertThat(answer.path("model_version").asText()).isEqualTo("0.1.0");
        assertThat(answer.at("/outputs/0/shape").toString()).isEqualTo("[2,7,9,4]");
        assertThat(answer.at("/outputs/0/data/17").asDouble())
                .isCloseTo(golden.at("/outcome/tensors/0/data/17").asDouble(), within(1e-4));
        assertThat(post("models/tiny-ct-segmentation/infer", request("no-image"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void computesWhatTheWardGetsInJson() {
        var answer = json(post("models/near/infer", request("near-1")));

        assertThat(answer.path("id").asText()).isEqualTo("near-1");
        assertThat(answer.path("model_version").asText()).isEqualTo("1.0.0");
        assertThat(answer.at("/outputs/0/name").asText()).isEqualTo("probability");
        assertThat(answer.at("/outputs/0/shape")).isEqualTo(tree("[1, 1]"));
        assertThat(answer.at("/outputs/0/data/0").asDouble())
                .isCloseTo(EXPECTED, org.assertj.core.data.Offset.offset(1e-6));
        assertThat(json(get("models/near/stats"))
                        .at("/model_stats/0/inference_count")
                        .asLong())
                .isPositive();
    }

    @Test
    void computesTheSameFromBytesToBytes() throws Exception {
        var header = """
                {"parameters": {"binary_data_output": true}, "inputs": [
                  {"name": "values", "datatype": "FP32", "shape": [1, 1], "parameters": {"binary_data_size": 4}},
                  {"name": "known", "datatype": "FP32", "shape": [1, 1], "parameters": {"binary_data_size": 4}}]}
                """.getBytes(StandardCharsets.UTF_8);
        var body = new ByteArrayOutputStream();
        body.write(header);
        body.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(1.5f)
                .putFloat(1)
                .array());

        var answer = HTTP.send(
                HttpRequest.newBuilder(at("models/near/infer"))
                        .header("Inference-Header-Content-Length", String.valueOf(header.length))
                        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                BodyHandlers.ofByteArray());

        var end = Integer.parseInt(
                answer.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        var probability = ByteBuffer.wrap(Arrays.copyOfRange(answer.body(), end, answer.body().length))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat();
        assertThat((double) probability).isCloseTo(EXPECTED, org.assertj.core.data.Offset.offset(1e-6));
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        assertThat(refusal(400, post("models/near/infer", "{"))).isEqualTo("The first 1 bytes are no JSON");
        assertThat(refusal(400, post("models/near/infer", """
                        {"inputs": [
                          {"name": "values", "datatype": "FP32", "shape": [1, 2], "data": [1, 2]},
                          {"name": "known", "datatype": "FP32", "shape": [1, 1], "data": [1]}]}
                        """)))
                .isEqualTo("near|1.0.0 takes 'values' FP32 [-1, 1], 'known' FP32 [-1, 1]; 'values' is FP32 [1, 2]");
        assertThat(refusal(400, post("models/near/infer", """
                        {"inputs": [{"name": "values", "datatype": "FP32", "shape": [2, 1], "data": [1]}]}
                        """)))
                .isEqualTo("Tensor 'values' has 4 bytes, but FP32 in shape [2, 1] takes 8");
        assertThat(refusal(400, post("models/heart/infer", request("1"))))
                .isEqualTo("heart|1.0.0 has no tensors; ask it with $predict");
        assertThat(refusal(404, post("models/nothing/infer", request("1"))))
                .startsWith("No model 'nothing' is served here; there are [");
        assertThat(refusal(404, get("models/near/nothing"))).startsWith("There is nothing at /v2/models/near/nothing;");
    }

    @Test
    void aCardMovesToAnotherServerByItsEngineLineAndFollowsItsHealth() throws Exception {
        var near = server.models().resolve("near/1.0.0/model.yaml");
        var card = Files.readString(near);
        var moved = card.replace("model: near", "model: far")
                .replaceAll(
                        "engine: .*",
                        "engine: {kind: kserve, url: \"%s\", model: near}"
                                .formatted(server.base().replace("/fhir", "")));
        DroppedModels.card(server.models(), "far", moved);
        await("models/far/ready", answer -> answer.statusCode() == 200);
        server.client()
                .transaction()
                .withBundle(Vitals.transaction(
                        Vitals.patient("p-far", "1950-01-01"), List.of(Vitals.measured("p-far", "8867-4", 2))))
                .execute();

        assertThat(probability("far")).isEqualTo(probability("near"));

        Files.move(near, near.resolveSibling("model.yaml.off"));
        await("models/near/ready", answer -> answer.statusCode() == 404);
        assertThat(RunningServer.eventually(
                        PATIENCE,
                        () -> Optional.of(post("models/far/infer", request("1")))
                                .filter(answer -> answer.statusCode() == 503)))
                .isPresent();
        assertThat(get("models/far/ready").statusCode()).isEqualTo(503);
        assertThat(get("health/ready").statusCode()).isEqualTo(503);
        assertThat(json(actuator("health")).at("/components/auspex/status").asText())
                .isEqualTo("DEGRADED");
        assertThat(actuator("health").statusCode()).isEqualTo(200);
        assertThat(actuator("prometheus").body()).contains("auspex_model_up{model=\"far\",version=\"1.0.0\"} 0.0");

        Files.move(near.resolveSibling("model.yaml.off"), near);
        await("models/far/ready", answer -> answer.statusCode() == 200);
        assertThat(probability("far")).isEqualTo(probability("near"));
        assertThat(actuator("prometheus").body())
                .contains("auspex_inference_compute_seconds_count{model=\"far\",version=\"1.0.0\"}");
    }

    private static double probability(String model) {
        var answer = server.client()
                .operation()
                .onInstance("Patient/p-far")
                .named("$predict")
                .withParameter(Parameters.class, "model", new org.hl7.fhir.r4.model.StringType(model))
                .andParameter("persist", new org.hl7.fhir.r4.model.BooleanType(false))
                .returnResourceType(Bundle.class)
                .execute();
        return ((RiskAssessment) answer.getEntryFirstRep().getResource())
                .getPredictionFirstRep()
                .getProbabilityDecimalType()
                .getValue()
                .doubleValue();
    }

    private static String request(String id) {
        return """
                {"id": "%s", "inputs": [
                  {"name": "values", "datatype": "FP32", "shape": [1, 1], "data": [1.5]},
                  {"name": "known", "datatype": "FP32", "shape": [1, 1], "data": [[1]]}]}
                """.formatted(id);
    }

    private static void await(String path, Predicate<HttpResponse<String>> wanted) {
        assertThat(RunningServer.eventually(
                        PATIENCE, () -> Optional.of(get(path)).filter(wanted)))
                .as(path)
                .isPresent();
    }

    private static HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(at(path)).GET());
    }

    private static HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(at(path)).POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> actuator(String name) {
        return send(HttpRequest.newBuilder(URI.create(server.base().replace("/fhir", "/actuator/") + name))
                .GET());
    }

    private static URI at(String path) {
        return URI.create(server.base().replace("/fhir", "/v2") + (path.isEmpty() ? "" : "/" + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String refusal(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(status);
        return json(answer).path("error").asText();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return tree(answer.body());
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json.replace('\'', json.startsWith("{'") ? '"' : '\''));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(json, e);
        }
    }
}
