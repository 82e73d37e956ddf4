package org.auspex.kernel.appraisal.page;

import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.appraisal.Appraisal;
import org.auspex.kernel.evaluation.Comparison;
import org.auspex.kernel.evaluation.Subgroup;
import org.auspex.kernel.evaluation.Subgroups;

/** Baselines and subgroups. */
record GroupSections(Appraisal appraisal) {

    void write(Markup page) {
        page.heading("Baselines");
        if (appraisal.comparisons().isEmpty()) {
            page.paragraph("None but guessing, as above.");
        }
        appraisal.comparisons().forEach(comparison -> comparison(page, comparison));
        subgroups(page, appraisal.subgroups());
    }

    private static void comparison(Markup page, Comparison comparison) {
        page.table(
                List.of("%d rows".formatted(comparison.rows()), "Model", comparison.with(), "Difference"),
                comparison.lines().stream()
                        .map(line -> List.of(
                                line.measure(),
                                Words.figure(line.ofModel()),
                                Words.figure(line.ofOther()),
                                Words.figure(line.difference())))
                        .toList());
    }

    static void subgroups(Markup page, Subgroups subgroups) {
        page.heading("Subgroups");
        if (subgroups.groups().isEmpty()) {
            page.paragraph("None were asked for.");
            return;
        }
        var rows = new ArrayList<List<String>>();
        subgroups.groups().forEach(group -> group.figures().forEach(judged -> rows.add(row(group, judged))));
        page.table(
                List.of(
                        "Group",
                        "Rows (events)",
                        "Figure",
                        "Value (95 % interval)",
                        "Less that of all rows (simultaneous interval)",
                        ""),
                rows);
        var few = subgroups.groups().get(0).events().isPresent() ? "rows with the event, or without it," : "people";
        page.paragraph(
                "%d comparisons with all rows; their intervals hold together with 95 %%. Groups with fewer than %d %s are not compared."
                        .formatted(subgroups.comparisons(), subgroups.fewest(), few));
    }

    private static List<String> row(Subgroup group, Subgroup.Judged judged) {
        return List.of(
                "%s %s".formatted(group.by(), group.name()),
                group.events().isPresent()
                        ? "%d (%d)".formatted(group.rows(), group.events().getAsInt())
                        : String.valueOf(group.rows()),
                judged.measure(),
                Words.figure(judged.figure()),
                judged.fromAll()
                        .map(difference -> "%s (%s to %s)"
                                .formatted(
                                        Words.fixed(difference.number()),
                                        Words.fixed(difference.low()),
                                        Words.fixed(difference.high())))
                        .orElseGet(() -> "not compared: " + judged.notCompared().orElseThrow()),
                judged.fromAll().filter(Subgroup.Difference::worse).isPresent() ? "worse beyond chance" : "");
    }
}
