package org.auspex.kernel.appraisal.page;

import java.util.List;
import org.auspex.kernel.appraisal.Caution;

/** What every page begins and ends with. */
final class Sheet {

    private static final String STYLE = """
            body{font:15px/1.45 Georgia,serif;max-width:62em;margin:2em auto;padding:0 1em;color:#111}
            h1,h2,th,svg,.caution{font-family:Helvetica,Arial,sans-serif}
            table{border-collapse:collapse;margin:1em 0;width:100%}
            th,td{border-bottom:1px solid #bbb;padding:.3em .5em;text-align:left;vertical-align:top;font-size:13px}
            .caution{border-left:4px solid #a33;padding:.2em 1em;background:#fbf3f3}
            code{white-space:pre-wrap;word-break:break-all} figure{margin:1em 0;max-width:40em}
            svg text{font-size:12px;fill:#111} svg *{vector-effect:non-scaling-stroke}
            .grid{stroke:#ddd} .model,.second,.third,.reference{fill:none;stroke-width:1.8}
            .model{stroke:#004c99} .second{stroke:#b35900;stroke-dasharray:7 3} .third{stroke:#8b1a1a;stroke-dasharray:2 3}
            .reference{stroke:#666;stroke-dasharray:4 4} .mark{fill:#004c99}
            polygon.band{stroke:none;opacity:.14} .band.model{fill:#004c99} .band.second{fill:#b35900} .band.third{fill:#8b1a1a}
            @media print{body{max-width:none;margin:0} h2{break-after:avoid} table,figure{break-inside:avoid}}
            """;

    private Sheet() {}

    /** A document of HTML 5 as far as its heading. */
    static Markup begun(String title) {
        return new Markup()
                .raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .element("title", title)
                .raw("<style>\n" + STYLE + "</style>\n</head>\n<body>\n")
                .element("h1", title);
    }

    static void cautions(Markup page, List<Caution> cautions) {
        if (!cautions.isEmpty()) {
            page.raw("<div class=\"caution\">\n").element("strong", "Read first");
            page.list(cautions.stream().map(Caution::text).toList()).raw("</div>\n");
        }
    }

    /** The whole document. */
    static String ended(Markup page, String made, String when) {
        page.heading("How this was made").paragraph(when).element("code", made);
        return page.raw("</body>\n</html>\n").toString();
    }
}
