package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Turns what a card says of its engine into records. */
final class EngineMapper {

    private final Path folder;

    EngineMapper(Path folder) {
        this.folder = folder;
    }

    EngineSpec engine(JsonNode card) {
        var engine = card.get("engine");
        var weights = CardMapper.text(engine, "file")
                .map(file -> new EngineSpec.Weights(
                        folder.resolve(file), engine.get("sha256").asText()));
        var remote = CardMapper.text(engine, "url")
                .map(url -> new EngineSpec.Remote(
                        URI.create(url),
                        CardMapper.text(engine, "model")
                                .orElse(card.get("model").asText()),
                        CardMapper.text(engine, "version"),
                        engine.path("binary").asBoolean(true)));
        return new EngineSpec(
                EngineSpec.Kind.valueOf(CardMapper.upper(engine.get("kind"))),
                weights,
                remote,
                batching(card.path("batching")),
                CardMapper.optional(engine, "table").map(EngineMapper::table),
                CardMapper.text(engine, "encoder").map(ModelId::parse),
                CardMapper.text(engine, "language"));
    }

    private static EngineSpec.Table table(JsonNode table) {
        return new EngineSpec.Table(
                table.get("input").asText(),
                table.get("output").asText(),
                table.get("column").asInt());
    }

    private static Batching batching(JsonNode batching) {
        var queue = batching.path("default-queue-policy");
        return new Batching(
                batching.path("max-batch-size").asInt(64),
                Duration.of(batching.path("max-queue-delay-microseconds").asLong(0), ChronoUnit.MICROS),
                CardMapper.optional(queue, "max-queue-size").map(JsonNode::asInt),
                CardMapper.optional(queue, "default-timeout-microseconds")
                        .map(micros -> Duration.of(micros.asLong(), ChronoUnit.MICROS)),
                batching.at("/instance-group/count").asInt(1));
    }
}
