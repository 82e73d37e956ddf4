package org.auspex.commandline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a table says that something else, such as death, ended the follow-up and the event cannot come any more.
 *
 * @param value of the column that means it; empty = the column says 0 or 1
 */
record CompetingColumn(String column, Optional<String> value) {

    /** Reads {@code COLUMN} or {@code COLUMN=VALUE}. */
    static CompetingColumn parse(String text) {
        var parts = text.split("=", 2);
        return new CompetingColumn(parts[0], parts.length == 2 ? Optional.of(parts[1].strip()) : Optional.empty());
    }

    /** Whether a cell of a column means the competing event. */
    boolean isMeant(String other, String cell) {
        return column.equals(other)
                && value.filter(meant -> isSame(meant, cell)).isPresent();
    }

    /**
     * Whether the competing event came, by row.
     *
     * @param event whether the event came, which has to be otherwise
     * @param problems gets what cannot be read
     */
    boolean[] happened(Table table, boolean[] event, List<String> problems) {
        var happened = new boolean[table.rows()];
        for (int row = 0; row < table.rows(); row++) {
            var cell = table.cell(row, column);
            var read = value.isPresent() ? Optional.of(isMeant(column, cell)) : OutcomeColumns.word(cell);
            if (read.isEmpty()) {
                problems.add(
                        "row %d: %s '%s' says neither that the competing event happened nor that it did not; write 0 or 1, or name its code by --competing %s=CODE"
                                .formatted(row + 1, column, cell, column));
            }
            happened[row] = read.orElse(false);
            if (happened[row] && event[row]) {
                problems.add(
                        "row %d: it ended by the event and by '%s'; say which came first".formatted(row + 1, column));
            }
        }
        return happened;
    }

    /** As numbers where both are. */
    private static boolean isSame(String meant, String cell) {
        var one = Table.number(meant);
        var other = Table.number(cell);
        return one.isPresent() && other.isPresent()
                ? one.get().equals(other.get())
                : meant.toLowerCase(Locale.ROOT).equals(cell.toLowerCase(Locale.ROOT));
    }
}
