package org.auspex.kernel.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The hashes of weights that named none, as they were seen first. The file survives restarts; each line is a SHA-256 and a model.
 */
public final class FirstSeen {

    private final Path file;

    /**
     * @param file need not exist
     */
    public FirstSeen(Path file) {
        this.file = file;
    }

    /**
     * The hash that was seen first.
     *
     * @param model {@code name|version}
     * @param found what it is now, noted if the model is new
     */
    public synchronized String of(String model, String found) throws IOException {
        var before = noted(model);
        if (before.isEmpty()) {
            var lines = new ArrayList<>(lines());
            lines.add(found + "  " + model);
            Files.createDirectories(file.toAbsolutePath().getParent());
            var part = Files.createTempFile(file.toAbsolutePath().getParent(), "weights", ".part");
            Files.write(part, lines);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return before.orElse(found);
    }

    private Optional<String> noted(String model) throws IOException {
        return lines().stream()
                .filter(line -> line.endsWith("  " + model))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst();
    }

    private List<String> lines() throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** For messages. */
    @Override
    public String toString() {
        return file.toString();
    }
}
