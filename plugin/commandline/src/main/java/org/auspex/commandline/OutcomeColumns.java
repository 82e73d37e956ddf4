package org.auspex.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.auspex.kernel.model.Expression;
import org.auspex.kernel.outcome.Choice;
import org.auspex.kernel.outcome.Choices;

/**
 * Where a table says what happened: in one column, or in a time and an event.
 *
 * @param label whether the outcome happened
 * @param time when the event came or the subject was last seen, 0 or more
 * @param event whether the event came
 * @param competing whether something else came after which it cannot; empty = such rows are written as the event or as censored
 */
record OutcomeColumns(
        Optional<String> label, Optional<String> time, Optional<String> event, Optional<CompetingColumn> competing) {

    private static final Map<String, Boolean> WORDS = Map.of(
            "1", true, "1.0", true, "true", true, "yes", true, "0", false, "0.0", false, "false", false, "no", false);

    OutcomeColumns {
        if (time.isPresent() != event.isPresent()) {
            throw new IllegalArgumentException("--time and --event go together; name both columns");
        }
        if (label.isPresent() == time.isPresent()) {
            throw new IllegalArgumentException(
                    "Say what happened by --label COLUMN, or by --time COLUMN --event COLUMN");
        }
        if (competing.isPresent() && time.isEmpty()) {
            throw new IllegalArgumentException("--competing goes with --time and --event; name these columns, too");
        }
    }

    boolean isSurvival() {
        return time.isPresent();
    }

    List<String> columns() {
        return java.util.stream.Stream.of(label, time, event, competing.map(CompetingColumn::column))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /**
     * Whether the outcome happened, by row.
     *
     * @param positive how the card reads the label; empty = by the usual words
     * @param problems gets what cannot be read
     */
    boolean[] happened(Table table, Optional<String> positive, List<String> problems) {
        var column = label.or(() -> event).orElseThrow();
        var happened = new boolean[table.rows()];
        var formula = label.isPresent() ? positive.map(Expression::parse) : Optional.<Expression>empty();
        for (int row = 0; row < table.rows(); row++) {
            var cell = table.cell(row, column);
            var read = formula.isPresent() ? holds(formula.get(), column, cell) : came(column, cell);
            if (read.isEmpty()
                    && isSurvival()
                    && Table.number(cell).filter(code -> code > 1).isPresent()) {
                problems.add(
                        "row %d: %s '%s' is the code of a competing event; name it by --competing %s=%s, or write 1 to count it in the outcome"
                                .formatted(row + 1, column, cell, column, cell));
            } else if (read.isEmpty()) {
                problems.add(
                        "row %d: %s '%s' says neither that it happened nor that it did not; write %s, or leave the row out"
                                .formatted(row + 1, column, cell, formula.isPresent() ? "a number" : "0 or 1"));
            }
            happened[row] = read.orElse(false);
        }
        return happened;
    }

    /**
     * The true choice of each row, by its place in the card's order.
     *
     * @param problems gets what is none of the choices
     */
    int[] choices(Table table, Choices choices, List<String> problems) {
        var column = label.orElseThrow();
        var truth = new int[table.rows()];
        for (int row = 0; row < table.rows(); row++) {
            var cell = table.cell(row, column);
            var found = IntStream.range(0, choices.all().size())
                    .filter(place -> isWritten(choices.all().get(place), cell))
                    .findFirst();
            if (found.isEmpty()) {
                problems.add("row %d: %s '%s' is none of %s; leave the row out"
                        .formatted(
                                row + 1,
                                column,
                                cell,
                                choices.all().stream()
                                        .map(choice -> choice.column().orElse(choice.name()))
                                        .toList()));
            }
            truth[row] = found.orElse(0);
        }
        return truth;
    }

    private static boolean isWritten(Choice choice, String cell) {
        return cell.equals(choice.column().orElse(choice.name()))
                || cell.equals(choice.name())
                || cell.equals(choice.code().code());
    }

    /** The times, by row. */
    double[] times(Table table, List<String> problems) {
        var column = time.orElseThrow();
        var times = new double[table.rows()];
        for (int row = 0; row < table.rows(); row++) {
            var number = table.number(row, column);
            if (number.isEmpty() || number.get() < 0) {
                problems.add("row %d: %s '%s' is no time; write a number of 0 or more"
                        .formatted(row + 1, column, table.cell(row, column)));
            }
            times[row] = number.filter(value -> value >= 0).orElse(0.0);
        }
        return times;
    }

    /** A competing event's code in the same column means that the event did not come. */
    private Optional<Boolean> came(String column, String cell) {
        return competing.filter(rival -> rival.isMeant(column, cell)).isPresent() ? Optional.of(false) : word(cell);
    }

    static Optional<Boolean> word(String cell) {
        return Optional.ofNullable(WORDS.get(cell.toLowerCase(Locale.ROOT)));
    }

    /** The card names the label as its own hospital does; whatever the column is called here, its value is meant. */
    private static Optional<Boolean> holds(Expression positive, String column, String cell) {
        var number = Table.number(cell);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        var names = new ArrayList<>(positive.names());
        names.add(column);
        return Optional.of(positive.holds(names.stream()
                .distinct()
                .collect(java.util.stream.Collectors.toMap(name -> name, name -> number.get()))));
    }
}
