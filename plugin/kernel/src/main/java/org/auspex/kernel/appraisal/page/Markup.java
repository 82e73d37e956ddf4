package org.auspex.kernel.appraisal.page;

import java.util.List;
import org.apache.commons.text.StringEscapeUtils;

/** HTML as it grows. Every text is escaped; only what is named raw is not. */
final class Markup {

    private final StringBuilder html = new StringBuilder();

    /** HTML or SVG that was made here. */
    Markup raw(String made) {
        html.append(made);
        return this;
    }

    Markup element(String tag, String text) {
        html.append('<').append(tag).append('>').append(escaped(text));
        html.append("</").append(tag).append(">\n");
        return this;
    }

    Markup heading(String text) {
        return element("h2", text);
    }

    Markup paragraph(String text) {
        return element("p", text);
    }

    Markup list(List<String> items) {
        html.append("<ul>\n");
        items.forEach(item -> element("li", item));
        html.append("</ul>\n");
        return this;
    }

    /** A table with a line of names above it. */
    Markup table(List<String> names, List<List<String>> rows) {
        html.append("<table>\n<thead><tr>");
        names.forEach(
                name -> html.append("<th scope=\"col\">").append(escaped(name)).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        rows.forEach(this::row);
        html.append("</tbody>\n</table>\n");
        return this;
    }

    private void row(List<String> cells) {
        html.append("<tr>");
        for (var i = 0; i < cells.size(); i++) {
            var tag = i == 0 ? "th scope=\"row\"" : "td";
            html.append('<').append(tag).append('>').append(escaped(cells.get(i)));
            html.append(i == 0 ? "</th>" : "</td>");
        }
        html.append("</tr>\n");
    }

    static String escaped(String text) {
        return StringEscapeUtils.escapeHtml4(text).replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
