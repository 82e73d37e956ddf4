package org.auspex.kernel.appraisal.page;

import java.util.List;
import org.auspex.kernel.appraisal.Appraisal;
import org.auspex.kernel.appraisal.Caution;

/**
 * The page.
 *
 * @param made how it was made, such as a command that can be given again
 * @param when as people read it
 */
public record AppraisalPage(Appraisal appraisal, String made, String when) {

    /** A whole document of HTML 5. */
    public String html() {
        var page = Sheet.begun("Evaluation of " + appraisal.card().id());
        summary(page);
        new ModelSection(appraisal.card(), appraisal.output()).write(page);
        new DataSection(appraisal).write(page);
        new FigureSections(appraisal).write(page);
        new GroupSections(appraisal).write(page);
        appraisal.conformal().ifPresent(conformed -> ConformalSection.write(page, conformed));
        page.heading("Methods").list(Methods.of(appraisal));
        page.heading("TRIPOD+AI")
                .paragraph("Where the items of TRIPOD+AI (BMJ 2024;385:e078378) are answered.")
                .table(List.of("Item", "About", "Where"), Tripod.items());
        return Sheet.ended(page, made, when);
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
        Sheet.cautions(page, Caution.of(appraisal));
    }
}
