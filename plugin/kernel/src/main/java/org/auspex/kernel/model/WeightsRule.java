package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The weights are there and are the ones that the card means. */
final class WeightsRule implements CardRule {

    private final Path folder;
    private final WeightsPolicy policy;

    WeightsRule(Path folder, WeightsPolicy policy) {
        this.folder = folder;
        this.policy = policy;
    }

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        var engine = card.path("engine");
        var kind = engine.path("kind").asText();
        var needsFile = kind.equals("pytorch") || kind.equals("onnx");
        if (needsFile && !(engine.has("file") && engine.has("sha256"))) {
            report.accept("/engine", "the weights are not named - add file: and sha256:");
            return;
        }
        if (!engine.has("file")) {
            return;
        }
        var file = folder.resolve(engine.path("file").asText()).normalize();
        if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
            report.accept(
                    "/engine/file",
                    "there is no file '%s' in the model's folder - put it there"
                            .formatted(engine.path("file").asText()));
            return;
        }
        check(file, engine, kind.equals("pytorch"), report);
    }

    private void check(Path file, JsonNode engine, boolean torch, BiConsumer<String, String> report) {
        try {
            var declared = engine.path("sha256").asText();
            if (Files.size(file) > policy.maxBytes()) {
                say(policy.problem(file, torch), report);
                return;
            }
            var found = Sha256.of(file);
            if (found.equals(declared)) {
                say(policy.problem(file, torch), report);
            } else {
                report.accept(
                        "/engine/sha256",
                        "%s has sha256 %s, the card says %s - restore the file, or if you trust it write its sha256"
                                .formatted(file.getFileName(), found, declared));
            }
        } catch (IOException e) {
            report.accept(
                    "/engine/file",
                    "%s cannot be read (%s) - check its permissions".formatted(file.getFileName(), e.getMessage()));
        }
    }

    private static void say(Optional<Problem> problem, BiConsumer<String, String> report) {
        problem.ifPresent(found -> report.accept("/engine/file", found.what() + " - " + found.fix()));
    }
}
