package org.auspex.commandline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.auspex.kernel.appraisal.Rival;
import org.auspex.kernel.evaluation.Grouping;

/**
 * Columns that say to which group a row belongs, and one that says what something simpler foresees.
 *
 * @param subgroups names, or a name and where its bands begin, as in {@code age:40,65}
 * @param baseline more means that the outcome is likelier or comes sooner
 */
record SideColumns(List<String> subgroups, Optional<String> baseline) {

    private static final int MOST_GROUPS = 12;
    private static final String UNKNOWN = "not known";

    List<String> columns() {
        return Stream.concat(subgroups.stream().map(SideColumns::column), baseline.stream())
                .toList();
    }

    private static String column(String subgroup) {
        return subgroup.split(":", 2)[0];
    }

    /** @param problems gets what cannot be read, and a column of too many groups */
    List<Grouping> groupings(Table table, List<String> problems) {
        return subgroups.stream()
                .map(subgroup ->
                        subgroup.contains(":") ? bands(subgroup, table, problems) : groups(subgroup, table, problems))
                .toList();
    }

    private static Grouping groups(String column, Table table, List<String> problems) {
        var ofRow = IntStream.range(0, table.rows())
                .mapToObj(row -> table.cell(row, column))
                .map(cell -> Table.GAPS.contains(cell) ? UNKNOWN : cell)
                .toList();
        var groups = ofRow.stream().distinct().count();
        if (groups > MOST_GROUPS) {
            problems.add("subgroup '%s' has %d different values, more than %d; give bands, as in --subgroup %s:40,65"
                    .formatted(column, groups, MOST_GROUPS, column));
        }
        return new Grouping(column, ofRow);
    }

    private static Grouping bands(String subgroup, Table table, List<String> problems) {
        var column = column(subgroup);
        var begins = new ArrayList<Double>();
        for (var text : subgroup.substring(column.length() + 1).split(",")) {
            Table.number(text.strip())
                    .ifPresentOrElse(
                            begins::add,
                            () -> problems.add("--subgroup %s: '%s' is no number; write as in %s:40,65"
                                    .formatted(subgroup, text, column)));
        }
        var rising = begins.stream().sorted().distinct().toList();
        if (rising.isEmpty()) {
            return new Grouping(column, Collections.nCopies(table.rows(), UNKNOWN));
        }
        return new Grouping(
                column,
                IntStream.range(0, table.rows())
                        .mapToObj(row -> band(column, row, rising, table, problems))
                        .toList());
    }

    private static String band(String column, int row, List<Double> begins, Table table, List<String> problems) {
        var cell = table.cell(row, column);
        if (Table.GAPS.contains(cell)) {
            return UNKNOWN;
        }
        var number = Table.number(cell);
        if (number.isEmpty()) {
            problems.add("row %d: %s '%s' is no number and falls in no band".formatted(row + 1, column, cell));
            return UNKNOWN;
        }
        var above = (int) begins.stream().filter(begin -> number.get() >= begin).count();
        if (above == 0) {
            return "under " + plain(begins.get(0));
        }
        var from = plain(begins.get(above - 1));
        return above == begins.size() ? from + " and over" : "%s to under %s".formatted(from, plain(begins.get(above)));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    /** @param problems gets what cannot be read */
    Optional<Rival> rival(Table table, List<String> problems) {
        return baseline.map(column -> new Rival(
                column,
                IntStream.range(0, table.rows())
                        .mapToObj(row -> foreseen(column, row, table, problems))
                        .toList()));
    }

    private static Optional<Double> foreseen(String column, int row, Table table, List<String> problems) {
        var cell = table.cell(row, column);
        var number = Table.number(cell);
        if (number.isEmpty() && !Table.GAPS.contains(cell)) {
            problems.add("row %d: %s '%s' is no number; leave the cell empty where the baseline says nothing"
                    .formatted(row + 1, column, cell));
        }
        return number;
    }
}
