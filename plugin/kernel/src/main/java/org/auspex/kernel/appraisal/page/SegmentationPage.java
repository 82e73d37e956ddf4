package org.auspex.kernel.appraisal.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.auspex.kernel.appraisal.SegmentationAppraisal;

/**
 * The page of a model that marks.
 *
 * @param made how it was made, such as a request that can be given again
 * @param when as people read it
 */
public record SegmentationPage(SegmentationAppraisal appraisal, String made, String when) {

    /** A whole document of HTML 5. */
    public String html() {
        var page = Sheet.begun("Evaluation of " + appraisal.card().id());
        page.paragraph("%s. %d of %d studies were judged, of %d people."
                .formatted(
                        appraisal.card().about().title(),
                        appraisal.judged(),
                        appraisal.studies(),
                        appraisal.evaluation().people()));
        Sheet.cautions(page, appraisal.cautions());
        new ModelSection(appraisal.card(), appraisal.card().output()).write(page);
        data(page);
        agreement(page);
        GroupSections.subgroups(page, appraisal.subgroups());
        page.heading("Methods").list(methods());
        return Sheet.ended(page, made, when);
    }

    private void data(Markup page) {
        page.heading("Data");
        page.paragraph("Source: %s. One row is one kind of mark in one study.".formatted(appraisal.source()));
        page.table(
                List.of("", "Number"),
                List.of(
                        List.of("studies with a result of this version", String.valueOf(appraisal.studies())),
                        List.of("without a reference", String.valueOf(appraisal.withoutReference())),
                        List.of("judged", String.valueOf(appraisal.judged())),
                        List.of(
                                "rows of these",
                                String.valueOf(appraisal.evaluation().rows()))));
        if (!appraisal.leftOut().isEmpty()) {
            page.table(
                    List.of("Not judged because", "Number"),
                    appraisal.leftOut().entrySet().stream()
                            .map(entry -> List.of(entry.getKey(), String.valueOf(entry.getValue())))
                            .sorted(Comparator.comparing(row -> row.get(0)))
                            .toList());
        }
    }

    private void agreement(Markup page) {
        var evaluation = appraisal.evaluation();
        page.heading("Agreement with people");
        page.table(
                List.of("Figure", "Value (95 % interval)", "Best"),
                List.of(
                        List.of("Mean of Dice's coefficients", Words.figure(evaluation.mean()), "1"),
                        List.of("Median of Dice's coefficients", Words.figure(evaluation.median()), "1")));
        page.raw(Plots.dice(evaluation.dice()));
    }

    private List<String> methods() {
        var methods = new ArrayList<String>();
        methods.add(
                "Dice's coefficient as it was counted when the segmentation of a person came: twice the pixels of both over those of each; two empty masks agree. Nothing was resampled.");
        methods.add(
                "Only segmentations that came after the result count, the last of each kind of mark in a study; a version may have learnt from earlier ones.");
        methods.add("Intervals: percentile bootstrap over people, each with all rows, %d resamples, seed %d."
                .formatted(
                        appraisal.bootstrap().resamples(), appraisal.bootstrap().seed()));
        methods.add(
                "Subgroups: the group less all rows on the same resamples; single-step maxT (Westfall and Young) makes the intervals hold together.");
        return methods;
    }
}
