package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A file of the model's folder that a card names, with its hash or without. */
final class NamedFile {

    private final Path folder;
    private final String at;
    private final JsonNode holder;
    private final BiConsumer<String, String> report;

    /** @param at where in the card {@code file} and {@code sha256} are, such as {@code /engine} */
    NamedFile(Path folder, JsonNode card, String at, BiConsumer<String, String> report) {
        this.folder = folder.normalize();
        this.at = at;
        this.holder = card.at(at);
        this.report = report;
    }

    /** Empty if it is not there, which is reported. */
    Optional<Path> find() {
        var name = holder.path("file").asText();
        var file = folder.resolve(name).normalize();
        if (file.startsWith(folder) && Files.isRegularFile(file)) {
            return Optional.of(file);
        }
        report.accept(at + "/file", "there is no file '%s' in the model's folder - put it there".formatted(name));
        return Optional.empty();
    }

    /** Whether it is the file that the card means; if not, this is reported. */
    boolean isMeant(Path file) throws IOException {
        var found = Sha256.of(file);
        var declared = holder.path("sha256").asText();
        if (found.equals(declared)) {
            return true;
        }
        report.accept(
                at + "/sha256",
                "%s has sha256 %s, the card says %s - restore the file, or if you trust it write its sha256"
                        .formatted(file.getFileName(), found, declared));
        return false;
    }

    void reportUnreadable(Path file, IOException why) {
        report.accept(
                at + "/file",
                "%s cannot be read (%s) - check its permissions".formatted(file.getFileName(), why.getMessage()));
    }
}
