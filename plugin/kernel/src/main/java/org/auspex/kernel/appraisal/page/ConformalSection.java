package org.auspex.kernel.appraisal.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.auspex.kernel.appraisal.Conformed;

/** Prediction sets or intervals, and whether they held what they promise. */
final class ConformalSection {

    private ConformalSection() {}

    static void write(Markup page, Conformed conformed) {
        var fit = conformed.fit();
        page.heading("What cannot be ruled out");
        page.paragraph(String.format(
                Locale.ROOT,
                "Split conformal prediction at a level of %.1f %%: fitted on %d rows, checked on %d of other people.",
                100 * fit.level(),
                fit.fittedOn(),
                fit.checkedOn()));
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("all", Words.proportion(fit.covered())));
        fit.groups()
                .forEach(group -> rows.add(
                        List.of("%s %s".formatted(group.by(), group.name()), Words.proportion(group.covered()))));
        page.table(List.of("Rows held out", "Held the truth (95 % interval)"), rows);
        fit.cannotTell()
                .ifPresent(share ->
                        page.paragraph("Sets of %s. Where nothing, or everything, is left, the model cannot tell: %s."
                                .formatted(
                                        IntStream.range(0, fit.bySize().size())
                                                .filter(size -> fit.bySize().get(size) > 0)
                                                .mapToObj(size -> "%d answers: %d"
                                                        .formatted(
                                                                size,
                                                                fit.bySize().get(size)))
                                                .collect(Collectors.joining("; ")),
                                        Words.percent(share))));
    }
}
