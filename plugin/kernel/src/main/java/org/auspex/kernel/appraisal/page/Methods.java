package org.auspex.kernel.appraisal.page;

import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.appraisal.Appraisal;
import org.auspex.kernel.evaluation.CurveEvaluation;

/** By which methods the figures came about. */
final class Methods {

    private Methods() {}

    static List<String> of(Appraisal appraisal) {
        var methods = new ArrayList<String>();
        methods.add(
                "Intervals: percentile bootstrap over people, each with all rows about them, %d resamples, seed %d; the model is not trained anew, so they do not hold what another"
                                .formatted(
                                        appraisal.bootstrap().resamples(),
                                        appraisal.bootstrap().seed())
                        + " training sample would change.");
        if (appraisal.riskGroups().isPresent()) {
            survival(appraisal, methods);
        } else {
            binary(appraisal, methods);
        }
        methods.add("Differences from a baseline: the same resamples for both (paired).");
        methods.add(
                "Subgroups: the group less all rows on the same resamples; single-step maxT (Westfall and Young) makes the intervals hold together.");
        methods.add("No threshold was chosen by the outcomes of these rows, and nothing was recalibrated on them.");
        return methods;
    }

    private static void binary(Appraisal appraisal, List<String> methods) {
        methods.add(
                "AUROC: the share of pairs of a row with and one without the outcome that are ranked right, ties one half"
                        + " (Mann-Whitney).");
        methods.add("AUPRC: average precision, equal predictions one threshold, nothing interpolated.");
        methods.add("Sensitivity, specificity and predictive values: Wilson's intervals.");
        if (appraisal.calibration().isPresent()) {
            methods.add(
                    "Calibration slope and intercept: logistic regression of the outcome on the logit of the probability (Cox); in"
                            + " the large: the same with the slope held at 1. Tenths of the rows with Wilson's intervals. The smooth curve is loess (local lines, nearest three quarters"
                            + " of the rows), without a band.");
            methods.add("Decision curve: net benefit (Vickers and Elkin), thresholds of 1 to 99 %.");
        }
    }

    private static void survival(Appraisal appraisal, List<String> methods) {
        methods.add(
                "Concordance: Harrell's index; ties of prediction count one half, who is censored at a time outlasts an event at"
                        + " it.");
        if (appraisal.evaluation() instanceof CurveEvaluation) {
            methods.add(
                    "Integrated Brier score and calibration slope: weighted for censoring by its Kaplan-Meier estimate, which assumes"
                            + " that censoring does not depend on the predicted risk.");
        }
        methods.add(
                "Curves by thirds of the predicted risk, with intervals on the scale of log(-log); hazard ratio by Cox's"
                        + " model with Efron's method for ties, interval by Wald.");
        methods.add(
                appraisal.description().rivals().isPresent()
                        ? "Observed risks and curves are cumulative incidences beside the competing event (Aalen and Johansen), with the variance of the"
                                + " delta method. Whom it spared the event is known to be free of it in the Brier score and the slope, and outlasts"
                                + " everybody in the concordance (Wolbers). The hazard ratio is cause-specific. A decision curve is not drawn."
                        : "Competing events are not told apart from censoring. A decision curve is not drawn.");
    }
}
