package org.auspex.kernel.appraisal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.auspex.kernel.evaluation.Comparison;
import org.auspex.kernel.evaluation.Figure;
import org.auspex.kernel.evaluation.ProbabilityEvaluation;
import org.auspex.kernel.evaluation.Subgroup;

/** Something that whoever reads an appraisal should see first. */
public record Caution(String text) {

    /** Below this many events, or rows without one, an external validation is imprecise (Collins et al., Statistics in Medicine 2016;35:214-26). */
    private static final int FEW = 100;

    private static final double OFTEN = 0.05;
    private static final double PERCENT = 100;

    /** All that an appraisal gives cause to. */
    public static List<Caution> of(Appraisal appraisal) {
        var cautions = new ArrayList<Caution>();
        size(appraisal.description(), cautions);
        excluded(appraisal.description(), cautions);
        if (appraisal.evaluation() instanceof ProbabilityEvaluation probabilities) {
            calibration(probabilities, cautions);
        }
        appraisal.comparisons().forEach(comparison -> noBetter(comparison, cautions));
        appraisal
                .conformal()
                .filter(conformed -> conformed.fit().coversTooFew())
                .ifPresent(conformed -> cautions.add(new Caution(String.format(
                        Locale.ROOT,
                        "Prediction sets of %.0f %% held the truth for %d of %d held out, which is fewer than they promise",
                        PERCENT * conformed.fit().level(),
                        conformed.fit().covered().count(),
                        conformed.fit().covered().of()))));
        appraisal.subgroups().groups().stream().filter(Subgroup::isWorse).forEach(group -> worse(group, cautions));
        return cautions;
    }

    private static void size(Description description, List<Caution> cautions) {
        var least = Math.min(description.events(), description.judged() - description.events());
        if (least < FEW) {
            cautions.add(new Caution(
                    "%d of the %d rows had the event; with fewer than %d on either side the figures are imprecise"
                            .formatted(description.events(), description.judged(), FEW)));
        }
    }

    private static void excluded(Description description, List<Caution> cautions) {
        var excluded = description.rows() - description.judged();
        if (excluded > OFTEN * description.rows()) {
            cautions.add(new Caution(String.format(
                    Locale.ROOT,
                    "The model abstained on %d of %d rows (%.0f %%); the figures are about the others",
                    excluded,
                    description.rows(),
                    PERCENT * excluded / description.rows())));
        }
    }

    private static void calibration(ProbabilityEvaluation evaluation, List<Caution> cautions) {
        excludes(evaluation.calibration().slope(), 1, "calibration slope", cautions);
        excludes(evaluation.calibration().expectedToObserved(), 1, "ratio of expected to observed outcomes", cautions);
    }

    private static void excludes(Figure figure, double best, String name, List<Caution> cautions) {
        figure.confidence()
                .filter(interval -> interval.low() > best || interval.high() < best)
                .ifPresent(interval -> cautions.add(new Caution(String.format(
                        Locale.ROOT,
                        "The %s is %.2f (%.2f to %.2f) and should be %.0f: recalibrate before probabilities are shown to anybody",
                        name,
                        figure.value().orElseThrow(),
                        interval.low(),
                        interval.high(),
                        best))));
    }

    /** What ranks no better than the baseline beyond chance. */
    private static void noBetter(Comparison comparison, List<Caution> cautions) {
        comparison.lines().stream()
                .filter(line -> line.measure().equals("AUROC") || line.measure().equals("concordance index"))
                .filter(line -> line.difference()
                        .confidence()
                        .map(interval -> interval.low() <= 0)
                        .orElse(false))
                .forEach(line -> cautions.add(new Caution("By %s the model is not better than %s beyond chance"
                        .formatted(line.measure(), comparison.with()))));
    }

    static void worse(Subgroup group, List<Caution> cautions) {
        group.figures()
                .forEach(judged -> judged.fromAll()
                        .filter(Subgroup.Difference::worse)
                        .ifPresent(difference -> cautions.add(new Caution(String.format(
                                Locale.ROOT,
                                "%s %s (%d rows): %s is worse than that of all rows beyond chance, by %.3f (%.3f to %.3f)",
                                group.by(),
                                group.name(),
                                group.rows(),
                                judged.measure(),
                                difference.number(),
                                difference.low(),
                                difference.high())))));
    }
}
