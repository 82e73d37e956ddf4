package org.auspex.commandline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * A table as text: a line of column names, then one row per subject.
 *
 * @param columns their names, without surrounding space
 */
record Table(List<String> columns, List<CSVRecord> records) {

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
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
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                var parser = FORMAT.parse(reader)) {
            var records = parser.getRecords();
            var columns = parser.getHeaderNames();
            if (records.isEmpty()) {
                throw new IllegalArgumentException(file + " has no rows");
            }
            for (var row : records) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("row %d has %d cells, the table has %d columns"
                            .formatted(row.getRecordNumber(), row.size(), columns.size()));
                }
            }
            return new Table(List.copyOf(columns), List.copyOf(records));
        } catch (java.nio.charset.MalformedInputException e) {
            throw new IllegalArgumentException(file + " is no UTF-8 text; convert it first", e);
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
