package org.auspex.kernel.appraisal.page;

import java.util.List;
import org.auspex.kernel.appraisal.Appraisal;
import org.auspex.kernel.appraisal.Caution;
import org.auspex.kernel.model.EngineSpec;

/**
 * The page.
 *
 * @param made how it was made, such as a command that can be given again
 * @param when as people read it
 */
public record AppraisalPage(Appraisal appraisal, String made, String when) {

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

    /** A whole document of HTML 5. */
    public String html() {
        var title = "Evaluation of " + appraisal.card().id();
        var page = new Markup()
                .raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .element("title", title)
                .raw("<style>\n" + STYLE + "</style>\n</head>\n<body>\n")
                .element("h1", title);
        summary(page);
        model(page);
        new DataSection(appraisal).write(page);
        new FigureSections(appraisal).write(page);
        new GroupSections(appraisal).write(page);
        appraisal.conformal().ifPresent(conformed -> ConformalSection.write(page, conformed));
        page.heading("Methods").list(Methods.of(appraisal));
        page.heading("TRIPOD+AI")
                .paragraph("Where the items of TRIPOD+AI (BMJ 2024;385:e078378) are answered.")
                .table(List.of("Item", "About", "Where"), Tripod.items());
        page.heading("How this was made").paragraph(when).element("code", made);
        return page.raw("</body>\n</html>\n").toString();
    }

    private void summary(Markup page) {
        var description = appraisal.description();
        page.paragraph("%s. %d of %d rows were judged; in %d of them the outcome happened (%s)."
                .formatted(
                        appraisal.card().about().title(),
                        description.judged(),
                        description.rows(),
                        description.events(),
                        Words.percent((double) description.events() / description.judged())));
        var cautions = Caution.of(appraisal);
        if (!cautions.isEmpty()) {
            page.raw("<div class=\"caution\">\n").element("strong", "Read first");
            page.list(cautions.stream().map(Caution::text).toList()).raw("</div>\n");
        }
    }

    private void model(Markup page) {
        var card = appraisal.card();
        page.heading("Model");
        page.table(
                List.of("", "by its card"),
                List.of(
                        List.of("Model and version", card.id().toString()),
                        List.of("Title", card.about().title()),
                        List.of("Intended use", card.about().intendedUse()),
                        List.of(
                                "Licences",
                                "code %s; weights %s"
                                        .formatted(
                                                card.about().codeLicence(),
                                                card.about().weightsLicence())),
                        List.of(
                                "Subject and eligibility",
                                "%s; %s"
                                        .formatted(
                                                card.subjectType(),
                                                card.requirements().eligible().orElse("no condition"))),
                        List.of(
                                "Output judged",
                                "%s: %s"
                                        .formatted(
                                                appraisal.output().name(),
                                                appraisal.output().display())),
                        List.of("Engine", engine(card.engine()))));
    }

    private static String engine(EngineSpec engine) {
        return engine.file()
                .map(weights -> "%s, weights SHA-256 %s".formatted(engine.kind(), weights.sha256()))
                .orElseGet(() -> String.valueOf(engine.kind()));
    }
}
