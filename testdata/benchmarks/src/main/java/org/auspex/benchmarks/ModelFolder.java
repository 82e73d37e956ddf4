package org.auspex.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Folders for a server that serves few models, so that nothing else works on the same patients. */
final class ModelFolder {

    private ModelFolder() {}

    /** Settings with which a server serves what lies in a folder, and nothing else. */
    static List<String> settings(Path folder) {
        return List.of("--auspex.models.shipped=false", "--auspex.models.path=" + folder);
    }

    /**
     * A folder of models with NEWS2.
     *
     * @param models the shipped models
     * @param debounce how long questions wait; with an hour they are written and nobody works on them
     */
    static Path news2(Path models, String debounce) {
        try {
            var root = Files.createTempDirectory("auspex-one-model");
            var folder = Files.createDirectories(root.resolve("news2/1.0.0"));
            var card = Files.readString(models.resolve("news2/1.0.0/model.yaml"));
            if (!card.contains("debounce: PT0S")) {
                throw new IllegalStateException("The card of news2 no longer says debounce: PT0S");
            }
            Files.writeString(folder.resolve("model.yaml"), card.replace("debounce: PT0S", "debounce: " + debounce));
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException("news2 cannot be read from " + models, e);
        }
    }

    /** A folder of models with one that works only when a client asks. */
    static Path silent(Path models, String name) throws IOException {
        var root = with(Files.createTempDirectory("auspex-one-model"), models, name);
        var file = root.resolve(name).resolve("1.0.0/model.yaml");
        var card = Files.readString(file);
        var silent = card.replaceFirst("(?m)^trigger:\\n( .*\\n)+", "");
        if (silent.equals(card)) {
            throw new IllegalStateException("The card of %s no longer has a trigger".formatted(name));
        }
        Files.writeString(file, silent);
        return root;
    }

    /** Copies a shipped model into a folder of models. */
    static Path with(Path folder, Path models, String name) throws IOException {
        var from = models.resolve(name);
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var to = folder.resolve(name).resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return folder;
    }
}
