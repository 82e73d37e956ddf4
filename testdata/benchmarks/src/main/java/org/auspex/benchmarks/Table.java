package org.auspex.benchmarks;

import java.io.PrintWriter;
import java.util.List;

/** Figures as the documentation shows them: a table in Markdown, printed row by row as they are measured. */
final class Table {

    private final PrintWriter out;

    Table(PrintWriter out, String... headings) {
        this.out = out;
        row(List.of(headings));
        row(List.of(headings).stream().map(heading -> "---").toList());
    }

    void row(Object... cells) {
        row(List.of(cells).stream().map(String::valueOf).toList());
    }

    private void row(List<String> cells) {
        out.println("| " + String.join(" | ", cells) + " |");
        out.flush();
    }
}
