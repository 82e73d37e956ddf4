package org.auspex.kernel.adaptation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.auspex.kernel.model.ModelId;

/** A model folder that is being written where no server looks, until all of it is there. */
final class CandidateFolder implements AutoCloseable {

    private static final String OUT_OF_SIGHT = ".adapting";

    private final Path root;
    private final ModelId id;
    private final Path draft;

    private CandidateFolder(Path root, ModelId id, Path draft) {
        this.root = root;
        this.id = id;
        this.draft = draft;
    }

    /**
     * Begins one.
     *
     * @param root of model folders; the draft lies on the same disk, so that it can be moved in one step
     */
    static CandidateFolder begin(Path root, ModelId id) throws IOException {
        var draft = root.resolve(OUT_OF_SIGHT).resolve(UUID.randomUUID().toString());
        var candidate = new CandidateFolder(root, id, draft);
        Files.createDirectories(candidate.folder());
        return candidate;
    }

    /** Where its files lie until it is published. */
    Path folder() {
        return draft.resolve(id.name()).resolve(id.version());
    }

    static Path place(Path root, ModelId id) {
        return root.resolve(id.name()).resolve(id.version());
    }

    /** Moves it where servers look, all at once. */
    void publish() throws IOException {
        Files.createDirectories(root.resolve(id.name()));
        Files.move(folder(), place(root, id), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(draft)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
