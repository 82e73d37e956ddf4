package org.auspex.commandline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * A table as text: a line of column names, then one row per subject.
 *
 * @param columns their names, without surrounding space
 */
record Table(List<String> columns, List<CSVRecord> records) {

    /** How tables write that a value is not known. */
    static final Set<String> GAPS = Set.of("", "?", "NA", "N/A", "NaN", "nan", "null", "NULL", ".");

    private static final int SHOWN = 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .setAllowMissingColumnNames(true)
            .setIgnoreEmptyLines(true)
            .get();

    /**
     * Reads a file of comma-separated values, UTF-8.
     *
     * @throws IllegalArgumentException if it is none, or has no rows
     */
    static Table read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file " + file);
        }
        try (var reader = withoutMark(Files.newBufferedReader(file, StandardCharsets.UTF_8));
                var parser = FORMAT.parse(reader)) {
            var table = new Table(List.copyOf(parser.getHeaderNames()), List.copyOf(parser.getRecords()));
            table.header().ifPresent(problem -> {
                throw new IllegalArgumentException(file + ": " + problem);
            });
            table.cells(file);
            return table;
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException(file + ": " + unreadable(e), e);
        }
    }

    private static String unreadable(Exception e) {
        return e instanceof MalformedInputException || e.getCause() instanceof MalformedInputException
                ? "it is no UTF-8 text; save it as CSV in UTF-8"
                : "it cannot be read as CSV (%s); close every quotation mark"
                        .formatted(Optional.ofNullable(e.getCause()).orElse(e).getMessage());
    }

    /** Spreadsheets begin a file with a mark that is no part of the first column's name. */
    private static BufferedReader withoutMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }

    /** What is wrong with the line of column names. */
    private Optional<String> header() {
        if (columns.isEmpty()) {
            return Optional.of("it is empty; write a line of column names and one row per subject");
        }
        var first = columns.get(0);
        var separator = Stream.of(";", "\t", "|", " ").filter(first::contains).findFirst();
        if (columns.size() == 1 && separator.isPresent()) {
            return Optional.of(
                    "its columns seem to be separated by '%s'; save it with commas".formatted(separator.get()));
        }
        if (columns.stream().allMatch(name -> number(name).isPresent() || GAPS.contains(name))) {
            return Optional.of("its first line holds values; put a line of column names above it, such as age,sex,...");
        }
        return columns.stream()
                .filter(name -> !name.isEmpty() && Collections.frequency(columns, name) > 1)
                .findFirst()
                .map("the column '%s' is there twice; keep one of them"::formatted);
    }

    private void cells(Path file) {
        if (records.isEmpty()) {
            throw new IllegalArgumentException(file + " has no rows");
        }
        for (var row : records) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("row %d has %d cells, the table has %d columns"
                        .formatted(row.getRecordNumber(), row.size(), columns.size()));
            }
        }
    }

    /** Says that there is no such column, and which there are. */
    String absent(String column) {
        var near = columns.stream()
                .filter(name -> name.equalsIgnoreCase(column))
                .findFirst()
                .map("; rename '%s'"::formatted)
                .orElse("");
        return "there is no column '%s'; the table has %s%s".formatted(column, columns, near);
    }

    /** @throws IllegalArgumentException with each of the columns that is not there */
    void require(List<String> named) {
        refuse(named.stream().filter(column -> !has(column)).map(this::absent).toList());
    }

    /** @throws IllegalArgumentException with the first of the problems, if there are any */
    static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            var more = problems.size() > SHOWN ? "%n... and %d more".formatted(problems.size() - SHOWN) : "";
            throw new IllegalArgumentException(String.join(
                            System.lineSeparator(), problems.subList(0, Math.min(SHOWN, problems.size())))
                    + more);
        }
    }

    int rows() {
        return records.size();
    }

    boolean has(String column) {
        return columns.contains(column);
    }

    String cell(int row, String column) {
        return records.get(row).get(column);
    }

    Optional<Double> number(int row, String column) {
        return number(cell(row, column));
    }

    /** A cell as a finite number; empty if it is none. */
    static Optional<Double> number(String cell) {
        try {
            return Optional.of(Double.parseDouble(cell)).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
