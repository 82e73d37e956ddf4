package org.auspex.language.measures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;

/**
 * A document with what people said of it.
 *
 * @param reference {@code file#id}, of shared data or of testdata
 * @param document the columns of its own line
 * @param lines the columns of what was annotated
 */
record Annotated(String reference, String text, String[] document, List<String[]> lines) {

    static final Path NOTES = Path.of("../../testdata/notes");

    /** Public data that is not committed. */
    private static final Path SHARED = Path.of("../../../shared/data");

    private static final int HASH_DIGITS = 16;
    private static final Pattern REPORT = Pattern.compile("\"self_repo\": \"((?:[^\"\\\\]|\\\\.)*)\"");

    boolean isChinese() {
        return text.codePoints().anyMatch(Character::isIdeographic);
    }

    boolean isOurs() {
        return reference.startsWith("testdata/");
    }

    /** All documents of a list whose text is there; those of absent shared data are left out, with a message. */
    static List<Annotated> of(String list) throws IOException {
        var documents = new ArrayList<Annotated>();
        for (var line : Files.readAllLines(NOTES.resolve(list))) {
            var columns = line.split("\t", -1);
            if (line.startsWith("document\t")) {
                var text = text(columns[1]);
                text.ifPresent(known -> assertThat(hash(known)).as(columns[1]).isEqualTo(columns[2]));
                documents.add(new Annotated(columns[1], text.orElse(""), columns, new ArrayList<>()));
            } else if (!line.startsWith("#")) {
                documents.get(documents.size() - 1).lines().add(columns);
            }
        }
        var there = documents.stream()
                .filter(document -> !document.text().isEmpty())
                .toList();
        if (there.size() < documents.size()) {
            System.out.printf(
                    "SKIPPED: %d of %d documents of %s, because shared/data is absent%n",
                    documents.size() - there.size(), documents.size(), list);
        }
        return there;
    }

    private static Optional<String> text(String reference) throws IOException {
        if (reference.startsWith("testdata/notes/")) {
            return Optional.of(Files.readString(NOTES.resolve(reference.substring("testdata/notes/".length()))));
        }
        var parts = reference.split("#", 2);
        var file = SHARED.resolve(parts[0]);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(parts[0].endsWith(".csv") ? cell(file, parts[1]) : selfReport(file, parts[1]));
    }

    private static String cell(Path file, String id) throws IOException {
        var place = id.split("/", 2);
        var column = place.length == 2 ? place[1] : "note";
        var key = place.length == 2 ? "uid" : "encounter_id";
        try (var records = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(Files.newBufferedReader(file))) {
            return records.stream()
                    .filter(row -> row.get(key).equals(place[0]))
                    .map(row -> row.get(column))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("%s has no %s".formatted(file, id)));
        }
    }

    private static String selfReport(Path file, String line) throws IOException {
        var matcher = REPORT.matcher(Files.readAllLines(file).get(Integer.parseInt(line)));
        assertThat(matcher.find()).as("%s, line %s", file, line).isTrue();
        return matcher.group(1).replace("\\n", "\n").replace("\\\"", "\"");
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
