package org.auspex.endpoints.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.auspex.kernel.Models;
import org.auspex.kernel.ServingModel;
import org.auspex.kernel.inference.Message;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.inference.Statistics;
import org.auspex.kernel.inference.Tensor;
import org.auspex.kernel.inference.TensorModel;
import org.auspex.kernel.inference.TensorRefused;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.TensorSpec;

/** What the protocol's questions are answered with. */
public final class InferenceService {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Triton's highest priority. Whoever says nothing is research code, and lets the ward go first. */
    private static final int URGENT = 1;

    private final Models models;
    private final String version;

    /**
     * @param version of this server
     */
    public InferenceService(Models models, String version) {
        this.models = models;
        this.version = version;
    }

    JsonNode server() {
        var server = JSON.objectNode().put("name", "auspex").put("version", version);
        List.of("binary_tensor_data", "statistics", "model_repository").forEach(server.putArray("extensions")::add);
        return server;
    }

    /** Whether every model that serves can answer. */
    boolean isReady() {
        return models.problems().isEmpty();
    }

    boolean isReady(Target target) {
        return with(target, model -> model.problem().isEmpty());
    }

    JsonNode metadata(Target target) {
        var id = models.resolve(target.name());
        return with(target, model -> {
            var metadata = JSON.objectNode().put("name", id.name());
            var versions = metadata.putArray("versions");
            models.serving().stream()
                    .map(ModelCard::id)
                    .filter(other -> other.name().equals(id.name()))
                    .map(ModelId::version)
                    .forEach(versions::add);
            metadata.put("platform", platform(id));
            tensors(model.signature().inputs(), metadata.putArray("inputs"));
            tensors(model.signature().outputs(), metadata.putArray("outputs"));
            return metadata;
        });
    }

    JsonNode index() {
        var index = JSON.arrayNode();
        var problems = models.problems();
        for (var card : models.serving()) {
            var problem = Optional.ofNullable(problems.get(card.id()));
            index.addObject()
                    .put("name", card.id().name())
                    .put("version", card.id().version())
                    .put("state", problem.isEmpty() ? "READY" : "UNAVAILABLE")
                    .put("reason", problem.orElse(""));
        }
        models.refused()
                .forEach((named, why) -> index.addObject()
                        .put("name", named.split("\\|", -1)[0])
                        .put("version", named.split("\\|", -1)[1])
                        .put("state", "UNAVAILABLE")
                        .put("reason", why.getMessage()));
        return index;
    }

    JsonNode statistics() {
        var all = JSON.objectNode();
        var list = all.putArray("model_stats");
        models.serving()
                .forEach(card -> models.with(card.id(), ServingModel::network)
                        .ifPresent(model -> list.add(statistics(card.id(), model.statistics()))));
        return all;
    }

    JsonNode statistics(Target target) {
        var all = JSON.objectNode();
        ObjectNode counted = with(target, model -> statistics(models.resolve(target.name()), model.statistics()));
        all.putArray("model_stats").add(counted);
        return all;
    }

    Message infer(Target target, Message request) {
        var id = models.resolve(target.name());
        var content = request.read("inputs");
        var wanted = new Wanted(content.envelope());
        var outputs = with(
                target,
                model -> wanted.of(
                        model.infer(content.tensors(), priority(content.envelope()), timeout(content.envelope()))));
        var envelope = JSON.objectNode().put("model_name", id.name()).put("model_version", id.version());
        if (content.envelope().has("id")) {
            envelope.put("id", content.envelope().get("id").asText());
        }
        return Message.of(envelope, "outputs", outputs, wanted.binary());
    }

    private <T> T with(Target target, java.util.function.Function<TensorModel, T> work) {
        var id = models.resolve(target.name());
        return models.with(
                id,
                model -> work.apply(model.tensors()
                        .orElseThrow(
                                () -> new TensorRefused("%s has no tensors; ask it with $predict".formatted(id)))));
    }

    private String platform(ModelId id) {
        return models.card(id)
                .map(card -> switch (card.engine().kind()) {
                    case PYTORCH -> "pytorch_torchscript";
                    case ONNX -> "onnx_onnxv1";
                    default -> card.engine().kind().name().toLowerCase(Locale.ROOT);
                })
                .orElse("");
    }

    private static void tensors(List<TensorSpec> specs, ArrayNode list) {
        for (var spec : specs) {
            var node = list.addObject()
                    .put("name", spec.name())
                    .put("datatype", spec.datatype().name());
            spec.shape().forEach(node.putArray("shape")::add);
        }
    }

    private static Priority priority(JsonNode envelope) {
        return envelope.at("/parameters/priority").asInt(0) == URGENT ? Priority.URGENT : Priority.ROUTINE;
    }

    /** Triton's parameter, in microseconds. */
    private static Optional<Duration> timeout(JsonNode envelope) {
        var micros = envelope.at("/parameters/timeout").asLong(0);
        return micros > 0 ? Optional.of(Duration.of(micros, ChronoUnit.MICROS)) : Optional.empty();
    }

    private static ObjectNode statistics(ModelId id, Statistics counted) {
        var node = JSON.objectNode()
                .put("name", id.name())
                .put("version", id.version())
                .put("inference_count", counted.rows())
                .put("execution_count", counted.batches());
        var stats = node.putObject("inference_stats");
        var failed =
                counted.failures().values().stream().mapToLong(Long::longValue).sum();
        time(stats, "success", counted.calls(), counted.queued().plus(counted.inferring()));
        time(stats, "fail", failed, Duration.ZERO);
        time(stats, "queue", counted.calls(), counted.queued());
        time(stats, "compute_infer", counted.batches(), counted.inferring());
        return node;
    }

    private static void time(ObjectNode stats, String name, long count, Duration total) {
        stats.putObject(name).put("count", count).put("ns", total.toNanos());
    }

    /** Which outputs the client asks for, and how they should travel. */
    private static final class Wanted {

        private final HashMap<String, Boolean> named = new HashMap<>();
        private final boolean otherwise;

        Wanted(JsonNode envelope) {
            otherwise = envelope.at("/parameters/binary_data_output").asBoolean(false);
            for (var output : envelope.path("outputs")) {
                named.put(
                        output.path("name").asText(),
                        output.at("/parameters/binary_data").asBoolean(otherwise));
            }
        }

        List<Tensor> of(List<Tensor> outputs) {
            var names = outputs.stream().map(Tensor::name).toList();
            var unknown = named.keySet().stream()
                    .filter(name -> !names.contains(name))
                    .toList();
            if (!unknown.isEmpty()) {
                throw new TensorRefused("There is no output %s; there are %s".formatted(unknown, names));
            }
            return outputs.stream()
                    .filter(output -> named.isEmpty() || named.containsKey(output.name()))
                    .toList();
        }

        Predicate<String> binary() {
            return name -> named.getOrDefault(name, otherwise);
        }
    }
}
