package org.auspex.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server that serves NEWS2 and nothing else, so that what is measured is one model. */
final class OneModel {

    private OneModel() {}

    /**
     * Settings with which a server serves it.
     *
     * @param models the shipped models
     * @param debounce how long questions wait; with an hour they are written and nobody works on them
     */
    static List<String> settings(Path models, String debounce) {
        try {
            var root = Files.createTempDirectory("auspex-one-model");
            var folder = Files.createDirectories(root.resolve("news2/1.0.0"));
            var card = Files.readString(models.resolve("news2/1.0.0/model.yaml"));
            if (!card.contains("debounce: PT0S")) {
                throw new IllegalStateException("The card of news2 no longer says debounce: PT0S");
            }
            Files.writeString(folder.resolve("model.yaml"), card.replace("debounce: PT0S", "debounce: " + debounce));
            return List.of("--auspex.models.shipped=false", "--auspex.models.path=" + root);
        } catch (IOException e) {
            throw new UncheckedIOException("news2 cannot be read from " + models, e);
        }
    }
}
