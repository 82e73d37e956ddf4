package org.auspex.language.draft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.prose.Notices;
import org.auspex.language.prose.Statement;
import org.auspex.language.prose.Telling;
import org.auspex.language.prose.Telling.Told;
import org.auspex.language.summary.Quotation;
import org.auspex.language.summary.Summary;
import org.auspex.language.summary.Titles;
import org.auspex.language.summary.Tongue;
import org.auspex.language.text.Span;

/**
 * A summary beside its note as one HTML page: each sentence is a link that lights up the words it quotes. The page loads nothing, and its
 * own policy forbids scripts.
 *
 * @param header what a reader must know before the first sentence
 */
record SummaryPage(DocumentText document, List<String> header, Titles titles) {

    private static final String TOP = """
            <!DOCTYPE html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <style>
            body { margin: 0; display: flex; font-family: sans-serif; line-height: 1.5; }
            main, aside { flex: 1; height: 100vh; overflow: auto; padding: 0 1.5em; box-sizing: border-box; }
            main a { color: inherit; }
            aside { white-space: pre-wrap; background: #f6f6f6; }
            mark { background: #e4e4e4; }
            mark:target { background: #ffd54d; }
            </style>
            </head>
            <body>
            """;

    /** The whole page. */
    String of(Telling telling) {
        var summary = telling.summary();
        var tongue = summary.tongue();
        var marked = marked(summary);
        var page = new StringBuilder(TOP.formatted(tongue.code(), Markup.escaped(summary.title())));
        page.append("<main>\n<h1>%s</h1>\n".formatted(Markup.escaped(summary.title())));
        header.forEach(line -> page.append("<p><strong>%s</strong></p>\n".formatted(Markup.escaped(line))));
        telling.parts().forEach(told -> page.append(section(told, 2, marked, tongue)));
        page.append("</main>\n<aside aria-label=\"%s\">".formatted(titles.of("note", tongue)));
        page.append(note(marked));
        return page.append("</aside>\n</body>\n</html>\n").toString();
    }

    private String section(Told told, int level, List<Span> marked, Tongue tongue) {
        var part = told.writing().part();
        var heading = "<h%d>%s</h%d>\n".formatted(level, Markup.escaped(part.title()), level);
        var inner = told.parts().stream()
                .map(below -> section(below, level + 1, marked, tongue))
                .collect(Collectors.joining());
        if (part.quotations().isEmpty()) {
            return part.parts().isEmpty()
                    ? heading + "<p>%s</p>\n".formatted(Markup.escaped(titles.of("nothing", tongue)))
                    : heading + inner;
        }
        return heading
                + new Notices()
                        .of(told.writing().form(), tongue)
                        .map(words -> "<p><em>%s</em></p>\n".formatted(Markup.escaped(words)))
                        .orElse("")
                + told.writing().statements().stream()
                        .map(statement -> item(statement, marked))
                        .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>\n"))
                + inner;
    }

    /** The sentence leads to its first source, a number behind it to each further one. */
    private static String item(Statement statement, List<Span> marked) {
        var targets = statement.sources().stream()
                .map(quotation -> target(quotation, marked))
                .distinct()
                .toList();
        var item = new StringBuilder("<li>").append(link(targets.get(0), Markup.escaped(statement.text())));
        for (int i = 1; i < targets.size(); i++) {
            item.append(" ").append(link(targets.get(i), "[%d]".formatted(i + 1)));
        }
        return item.append("</li>").toString();
    }

    private static String link(Span target, String words) {
        return "<a href=\"#%s\">%s</a>".formatted(name(target), words);
    }

    private static Span target(Quotation quotation, List<Span> marked) {
        return marked.stream()
                .filter(span -> span.contains(quotation.source()))
                .findFirst()
                .orElseThrow();
    }

    private String note(List<Span> marked) {
        var note = new StringBuilder();
        var at = 0;
        for (var span : marked) {
            note.append(Markup.escaped(document.text().substring(at, span.start())));
            note.append("<mark id=\"%s\">%s</mark>".formatted(name(span), Markup.escaped(document.quote(span))));
            at = span.end();
        }
        return note.append(Markup.escaped(document.text().substring(at))).toString();
    }

    /** What is quoted, in the order of the note. Spans that overlap are one, for a mark cannot begin in one and end in another. */
    private static List<Span> marked(Summary summary) {
        var merged = new ArrayList<Span>();
        summary.quotations().stream()
                .map(Quotation::source)
                .distinct()
                .sorted(Comparator.comparingInt(Span::start))
                .forEach(span -> {
                    var last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
                    if (last != null && last.overlaps(span)) {
                        merged.set(merged.size() - 1, new Span(last.start(), Math.max(last.end(), span.end())));
                    } else {
                        merged.add(span);
                    }
                });
        return merged;
    }

    private static String name(Span span) {
        return "at-" + span.start();
    }
}
