package org.auspex.commandline;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.features.Column;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.model.ModelCard;

/** Reads the rows of a table as a model's inputs, by the columns that its card names. */
final class TableFeatures {

    private static final String LEAVE_EMPTY = "leave the cell empty where the value is not known";

    private static final Features NOTHING_READ = new Features(Map.of());

    private final ModelCard card;
    private final Table table;
    private final Optional<NoteColumn> notes;
    private final Map<String, Integer> missing = new LinkedHashMap<>();

    TableFeatures(ModelCard card, Table table, Optional<NoteColumn> notes) {
        this.card = card;
        this.table = table;
        this.notes = notes;
        card.requirements().inputs().forEach(input -> missing.put(input.name(), 0));
    }

    /**
     * The inputs of every row.
     *
     * @param problems gets what cannot be read: an input's column that is not there, text in place of a number
     */
    List<Features> read(List<String> problems) {
        card.requirements().inputs().stream()
                .filter(input -> input.setting().isEmpty() && column(input).isEmpty() && !isNoted(input))
                .forEach(input -> absent(input, problems));
        var rows = new ArrayList<Features>();
        for (int row = 0; row < table.rows(); row++) {
            var byInput = new LinkedHashMap<String, Feature>();
            var text = notes.isPresent()
                    ? notes.get().of(table.cell(row, notes.get().column()))
                    : NOTHING_READ;
            for (var input : card.requirements().inputs()) {
                byInput.put(input.name(), isNoted(input) ? noted(input, text) : feature(input, row, problems));
            }
            rows.add(new Features(byInput));
        }
        return rows;
    }

    private Feature noted(Input input, Features text) {
        var feature = text.get(input.name());
        if (feature instanceof Feature.Missing) {
            missing.merge(input.name(), 1, Integer::sum);
        }
        return feature;
    }

    private boolean isNoted(Input input) {
        return notes.isPresent() && NoteColumn.reads(input);
    }

    /** How many rows lack each input. */
    Map<String, Integer> missing() {
        return missing;
    }

    /** Columns that no input reads. */
    List<String> unused(List<String> others) {
        var used = new ArrayList<>(others);
        card.requirements().inputs().forEach(input -> column(input).ifPresent(used::add));
        return table.columns().stream().filter(column -> !used.contains(column)).toList();
    }

    /** The input's column, by the name the card gives or by the input's own; empty if the table has neither. */
    private Optional<String> column(Input input) {
        return input.column()
                .map(Column::name)
                .filter(table::has)
                .or(() -> Optional.of(input.name()).filter(table::has));
    }

    private void absent(Input input, List<String> problems) {
        if (input.take() != Take.EXISTS
                && input.missing().resolve("").obstacle().isPresent()) {
            problems.add("input '%s' has no column, and the model abstains without it: %s"
                    .formatted(input.name(), table.absent(name(input))));
        }
    }

    private Feature feature(Input input, int row, List<String> problems) {
        if (input.setting().isPresent()) {
            return input.setting()
                    .get()
                    .chosen()
                    .flatMap(input::category)
                    .orElseGet(() ->
                            input.missing().resolve("not chosen; add --setting %s=VALUE".formatted(input.name())));
        }
        var cell = column(input).map(column -> table.cell(row, column)).orElse("");
        if (isGap(input, cell)) {
            missing.merge(input.name(), 1, Integer::sum);
            return input.take() == Take.EXISTS
                    ? input.category(Category.NO).orElseThrow()
                    : input.missing().resolve("not in the table");
        }
        return input.isCategorical() ? category(input, cell, row, problems) : number(input, cell, row, problems);
    }

    private static boolean isGap(Input input, String cell) {
        var number = Table.number(cell);
        return Table.GAPS.contains(cell)
                || input.column().map(Column::gaps).orElse(List.of()).stream()
                        .anyMatch(gap -> gap.equals(cell) || (number.isPresent() && number.equals(Table.number(gap))));
    }

    /** What the card calls the input's column. */
    private static String name(Input input) {
        return input.column().map(Column::name).orElse(input.name());
    }

    private static Feature category(Input input, String cell, int row, List<String> problems) {
        var found = input.categories().stream()
                .filter(category -> isWritten(category, cell))
                .findFirst()
                .flatMap(category -> input.category(category.name()));
        if (found.isEmpty()) {
            var known = input.categories().stream()
                    .map(category -> category.column().orElse(category.name()))
                    .toList();
            problems.add("row %d: %s '%s' is none of %s; %s".formatted(row + 1, name(input), cell, known, LEAVE_EMPTY));
        }
        var wrong = found.flatMap(feature -> input.onlyIf()
                .filter(wanted -> feature instanceof Feature.Categorical category
                        && !category.category().equals(wanted)));
        return wrong.<Feature>map(wanted -> new Feature.Unusable("the model is only for '%s'".formatted(wanted)))
                .or(() -> found)
                .orElseGet(() -> new Feature.Missing("unreadable"));
    }

    /** By the card's column value, also where one side writes 1 and the other 1.0; else by name, and yes or no by 0 or 1. */
    private static boolean isWritten(Category category, String cell) {
        var written = category.column().orElse(category.name());
        var number = Table.number(cell);
        return written.equalsIgnoreCase(cell)
                || category.name().equalsIgnoreCase(cell)
                || (number.isPresent() && number.equals(Table.number(written)))
                || (category.column().isEmpty()
                        && ((category.name().equals(Category.YES) && number.equals(Optional.of(1.0)))
                                || (category.name().equals(Category.NO) && number.equals(Optional.of(0.0)))));
    }

    private static Feature number(Input input, String cell, int row, List<String> problems) {
        var number = Table.number(cell);
        if (number.isEmpty()) {
            problems.add("row %d: %s '%s' is no number; write one with a decimal point and without a unit, and %s"
                    .formatted(row + 1, name(input), cell, LEAVE_EMPTY));
            return new Feature.Missing("unreadable");
        }
        return input.sources().stream()
                .findFirst()
                .flatMap(source -> source.implausible(BigDecimal.valueOf(number.get())))
                .<Feature>map(Feature.Unusable::new)
                .orElseGet(() -> new Feature.Numeric(number.get()));
    }
}
