package org.auspex.kernel.appraisal.page;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.auspex.kernel.appraisal.Appraisal;
import org.auspex.kernel.appraisal.InputDescription;

/** Who was judged, who was not and why, and what is missing. */
record DataSection(Appraisal appraisal) {

    void write(Markup page) {
        var description = appraisal.description();
        page.heading("Data");
        page.paragraph("Source: %s. One row is one subject.".formatted(description.source()));
        page.table(
                List.of("Rows", "Number"),
                List.of(
                        List.of("all", String.valueOf(description.rows())),
                        List.of("without a prediction", String.valueOf(description.rows() - description.judged())),
                        List.of("judged", String.valueOf(description.judged())),
                        List.of("of the judged, with the outcome", String.valueOf(description.events()))));
        description
                .rivals()
                .ifPresent(rivals -> page.paragraph("%d of the judged had a competing event first.".formatted(rivals)));
        description
                .medianFollowUp()
                .ifPresent(median -> page.paragraph("Median follow-up: %s%s.".formatted(Words.number(median), unit())));
        if (!description.leftOut().isEmpty()) {
            page.table(
                    List.of("Named, and not followed up because", "Number"),
                    description.leftOut().entrySet().stream()
                            .map(entry -> List.of(entry.getKey(), String.valueOf(entry.getValue())))
                            .sorted(Comparator.comparing(row -> row.get(0)))
                            .toList());
        }
        excluded(page, description.excluded(), description.firstExcluded());
        page.table(
                List.of("Input", "Missing", "Model abstains", "Median (quartiles), or how often"),
                description.inputs().stream()
                        .map(input -> row(input, description.rows()))
                        .toList());
        page.paragraph(
                "Over all rows. A missing value is handled as the card says: the model abstains, is told of the gap, or reads a value in"
                        + " its place, which then counts in the last column.");
    }

    private String unit() {
        return appraisal
                .output()
                .followUp()
                .map(followUp -> " " + followUp.unit())
                .orElse("");
    }

    private static void excluded(Markup page, Map<String, Long> counts, Map<String, String> first) {
        if (!counts.isEmpty()) {
            page.table(
                    List.of("No prediction because of", "Rows", "The first of them"),
                    counts.entrySet().stream()
                            .map(entry -> List.of(
                                    entry.getKey(),
                                    String.valueOf(entry.getValue()),
                                    String.valueOf(first.get(entry.getKey()))))
                            .toList());
        }
    }

    private static List<String> row(InputDescription input, int rows) {
        return List.of(
                input.name(),
                "%d (%s)".formatted(input.missing(), Words.percent((double) input.missing() / rows)),
                "%d (%s)".formatted(input.unusable(), Words.percent((double) input.unusable() / rows)),
                values(input));
    }

    private static String values(InputDescription input) {
        return input.quartiles()
                .map(quartiles -> "%s (%s to %s)"
                        .formatted(
                                Words.number(quartiles.get(1)),
                                Words.number(quartiles.get(0)),
                                Words.number(quartiles.get(2))))
                .orElseGet(() -> input.categories().entrySet().stream()
                        .map(entry -> "%s %d".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", ")));
    }
}
