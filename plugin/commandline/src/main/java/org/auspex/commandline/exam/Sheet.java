package org.auspex.commandline.exam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The file of results, one JSON line for each answered question. What is in it is not asked again. */
final class Sheet implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Answered> lines;
    private final Writer writer;

    private Sheet(List<Answered> lines, Writer writer) {
        this.lines = lines;
        this.writer = writer;
    }

    /**
     * Opens the file, or makes it. A last line that was cut off, by a kill or a full disk, is dropped.
     *
     * @throws IllegalArgumentException if another model or other instructions gave the results in it
     */
    static Sheet open(Path file, String model, String prompt) throws IOException {
        var lines = Files.exists(file) ? read(file) : List.<Answered>of();
        for (var line : lines) {
            if (!line.requested().equals(model) || !line.prompt().equals(prompt)) {
                throw new IllegalArgumentException("%s has answers of %s to %s, not of %s to %s. Choose another --out."
                        .formatted(file, line.requested(), line.prompt(), model, prompt));
            }
        }
        return new Sheet(
                new ArrayList<>(lines),
                Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    private static List<Answered> read(Path file) throws IOException {
        dropTornLine(file);
        var lines = new ArrayList<Answered>();
        for (var line : Files.readAllLines(file)) {
            try {
                lines.add(JSON.readValue(line, Answered.class));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(
                        "%s, line %d is no result of an exam. Choose another --out.".formatted(file, lines.size() + 1),
                        e);
            }
        }
        return lines;
    }

    private static void dropTornLine(Path file) throws IOException {
        var whole = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lastIndexOf('\n') + 1L;
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(whole);
        }
    }

    /** The questions that have an answer. */
    Set<String> keys() {
        return lines().stream().map(Answered::key).collect(Collectors.toUnmodifiableSet());
    }

    synchronized List<Answered> lines() {
        return List.copyOf(lines);
    }

    synchronized void write(Answered line) throws IOException {
        writer.write(JSON.writeValueAsString(line) + "\n");
        writer.flush();
        lines.add(line);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
