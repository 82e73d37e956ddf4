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
        var named = new NamedFile(folder, card, "/engine", report);
        var file = named.find();
        if (file.isPresent()) {
            try {
                check(named, file.get(), kind.equals("pytorch"), report);
            } catch (IOException e) {
                named.reportUnreadable(file.get(), e);
            }
        }
    }

    /** What is too large is not read for its hash. */
    private void check(NamedFile named, Path file, boolean torch, BiConsumer<String, String> report)
            throws IOException {
        if (Files.size(file) > policy.maxBytes() || named.isMeant(file)) {
            say(policy.problem(file, torch), report);
        }
    }

    private static void say(Optional<Problem> problem, BiConsumer<String, String> report) {
        problem.ifPresent(found -> report.accept("/engine/file", found.what() + " - " + found.fix()));
    }
}
