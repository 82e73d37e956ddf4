package org.auspex.commandline.bulk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A bulk export as FHIR Bulk Data Access describes it: files of one resource type each, one resource on a line. A file is
 * named by its type, as in {@code Observation.ndjson}, {@code Observation.2.ndjson.gz} or {@code 1.Observation.ndjson}.
 */
public record Export(List<File> files) {

    private static final Pattern NAME = Pattern.compile("(?:\\d+[._-])?([A-Z][A-Za-z]+)(?:[._-].*)?\\.ndjson(\\.gz)?");

    /** Text is about this much larger than what gzip makes of it. */
    private static final int EXPANSION = 12;

    public Export {
        files = List.copyOf(files);
    }

    /**
     * @throws IllegalArgumentException if the folder is no export
     */
    public static Export in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "'%s' is no folder; name one that holds Patient.ndjson and the like".formatted(folder));
        }
        try (Stream<Path> found = Files.list(folder)) {
            var files = found.sorted().flatMap(path -> file(path).stream()).toList();
            if (files.stream().noneMatch(file -> file.type().equals("Patient"))) {
                throw new IllegalArgumentException(
                        "'%s' holds no Patient.ndjson; the files of an export are named by their resource type"
                                .formatted(folder));
            }
            return new Export(files);
        }
    }

    private static Optional<File> file(Path path) {
        return Optional.of(NAME.matcher(String.valueOf(path.getFileName())))
                .filter(Matcher::matches)
                .map(name -> new File(path, name.group(1), name.group(2) != null));
    }

    Stream<File> of(String type) {
        return files.stream().filter(file -> file.type().equals(type));
    }

    /** About how many bytes of text the files of some types hold. */
    long size(List<String> types) throws IOException {
        long size = 0;
        for (var file : files) {
            if (types.contains(file.type())) {
                size += Files.size(file.path()) * (file.zipped() ? EXPANSION : 1);
            }
        }
        return size;
    }

    /** One file of an export. */
    record File(Path path, String type, boolean zipped) {

        BufferedReader open() throws IOException {
            var bytes = Files.newInputStream(path);
            return new BufferedReader(
                    new InputStreamReader(zipped ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8));
        }
    }
}
