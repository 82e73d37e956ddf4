package org.auspex.language.retrieval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.auspex.language.documents.DocumentRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a site's knowledge documents, kept in an index: read in the background when it is {@link #watch watched}, and again when a file changes. A file
 * that cannot be read is refused by name, and the rest serves.
 */
public final class KnowledgeFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KnowledgeFolder.class);

    private final Path folder;
    private final long maxCharacters;
    private final KnowledgeIndex index;
    private final KnowledgeFile reader = new KnowledgeFile();
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private volatile State state = new State(false, List.of(), Map.of(), 0);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var made = new Thread(work, "auspex-knowledge");
        made.setDaemon(true);
        return made;
    });

    /** What a file was when it was read. */
    private record Seen(long size, FileTime modified, int characters, String refused) {
        boolean isSame(long otherSize, FileTime otherTime) {
            return size == otherSize && modified.equals(otherTime);
        }
    }

    /**
     * How far the folder is read.
     *
     * @param read whether it was read once
     * @param documents that answers are found in, by their paths below the folder
     * @param refused why others are not, by path
     * @param characters of the documents together
     */
    public record State(boolean read, List<String> documents, Map<String, String> refused, long characters) {

        public State {
            documents = List.copyOf(documents);
            refused = Map.copyOf(refused);
        }
    }

    /** @param maxCharacters of all documents together; one that would be beyond is refused */
    public KnowledgeFolder(Path folder, long maxCharacters, KnowledgeIndex index) {
        this.folder = folder;
        this.maxCharacters = maxCharacters;
        this.index = index;
    }

    /** Reads the folder in the background, at once and then again and again. */
    public void watch(Duration rescan) {
        thread.scheduleWithFixedDelay(this::scanOrSay, 0, rescan.toMillis(), TimeUnit.MILLISECONDS);
    }

    public State state() {
        return state;
    }

    /** The next scan tries again; what was read goes on serving. */
    private void scanOrSay() {
        try {
            scan();
        } catch (IOException | RuntimeException e) {
            LOG.error("The knowledge folder {} cannot be read; what was read before goes on serving", folder, e);
        }
    }

    /** Reads what is new or changed, and forgets what is gone. */
    public synchronized void scan() throws IOException {
        var files = files();
        var gone =
                seen.keySet().stream().filter(name -> !files.containsKey(name)).toList();
        gone.forEach(this::forget);
        var changed = !gone.isEmpty();
        for (var file : files.entrySet()) {
            changed |= look(file.getKey(), file.getValue());
        }
        if (changed || !state.read()) {
            index.show();
            state = new State(true, documents(), refused(), characters());
            LOG.info(
                    "Knowledge folder {}: {} documents, refused {}",
                    folder,
                    state.documents().size(),
                    state.refused().keySet());
        }
    }

    private Map<String, Path> files() throws IOException {
        var files = new TreeMap<String, Path>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !folder.relativize(file).toString().startsWith("."))
                    .forEach(
                            file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
        }
        return files;
    }

    private void forget(String name) {
        index.remove(name);
        seen.remove(name);
    }

    private boolean look(String name, Path file) throws IOException {
        var size = Files.size(file);
        var modified = Files.getLastModifiedTime(file);
        var before = seen.get(name);
        if (before != null && before.isSame(size, modified)) {
            return false;
        }
        seen.remove(name);
        try {
            var text = reader.read(name, file);
            if (characters() + text.text().length() > maxCharacters) {
                throw new DocumentRefused(
                        DocumentRefused.Reason.TOO_LARGE,
                        "With it the documents would have more than %d characters. Raise auspex.consult.max-knowledge-characters, or take documents away"
                                .formatted(maxCharacters));
            }
            index.put(name, new Passages().of(name, text));
            seen.put(name, new Seen(size, modified, text.text().length(), ""));
        } catch (DocumentRefused e) {
            index.remove(name);
            seen.put(name, new Seen(size, modified, 0, String.valueOf(e.getMessage())));
            LOG.error("Knowledge document {} is refused: {}", name, e.getMessage());
        }
        return true;
    }

    private List<String> documents() {
        return seen.entrySet().stream()
                .filter(file -> file.getValue().refused().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private Map<String, String> refused() {
        var refused = new TreeMap<String, String>();
        seen.forEach((name, file) -> {
            if (!file.refused().isEmpty()) {
                refused.put(name, file.refused());
            }
        });
        return refused;
    }

    private long characters() {
        return seen.values().stream().mapToLong(Seen::characters).sum();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
