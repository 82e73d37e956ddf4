package org.auspex.kernel.appraisal;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.auspex.kernel.evaluation.ConformalFit;
import org.auspex.kernel.evaluation.Grouping;
import org.auspex.kernel.model.ConformalCalibration;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.FollowUp;
import org.auspex.kernel.outcome.Output;
import org.auspex.kernel.outcome.SurvivalCurve;

/**
 * That limits of conformal prediction are wanted.
 *
 * @param level 0 to 1
 * @param when it is done
 */
public record Conforming(double level, Instant when) {

    /** Rows that one half is drawn from. */
    record Rows(
            List<Scored> scored,
            double[] predicted,
            Happened happened,
            List<String> people,
            List<Grouping> groupings) {}

    /**
     * Of probabilities, points and curves.
     *
     * @throws AppraisalRefused if there are too few rows, or the outcome is none that the output can be held against
     */
    Conformed of(ModelCard card, Output output, String source, Rows rows, long seed) {
        var followUp = output.followUp();
        if (followUp.isEmpty() && rows.happened().endings().isPresent()) {
            throw new AppraisalRefused(
                    "%s says whether and not when; for prediction sets name whether the outcome happened, not its time"
                            .formatted(card.id()));
        }
        var asked = followUp.map(model -> free(rows, model)).orElseGet(() -> happens(rows));
        return fitted(card, output, source, asked, rows.groupings(), seed);
    }

    /** The same of rows that are ready, such as those of a ranking. */
    public Conformed fitted(
            ModelCard card, Output output, String source, ConformalFit.Rows rows, List<Grouping> groupings, long seed) {
        try {
            var fit = ConformalFit.of(rows, level, groupings, seed);
            return new Conformed(fit, calibration(card, output, source, fit, rows.byAnswer()));
        } catch (IllegalArgumentException e) {
            throw new AppraisalRefused(String.valueOf(e.getMessage()));
        }
    }

    private ConformalCalibration calibration(
            ModelCard card, Output output, String source, ConformalFit fit, boolean byAnswer) {
        return new ConformalCalibration(
                card.id(),
                ConformalCalibration.weights(card),
                ConformalCalibration.settings(card),
                output.name(),
                byAnswer ? fit.limits() : fit.limits().subList(0, 1),
                level,
                when,
                source,
                fit.fittedOn(),
                fit.covered().count(),
                fit.covered().of());
    }

    private static ConformalFit.Rows happens(Rows rows) {
        var event = rows.happened().event();
        return new ConformalFit.Rows(
                IntStream.range(0, event.length)
                        .mapToObj(row -> ConformalCalibration.scores(rows.predicted()[row]))
                        .toArray(double[][]::new),
                IntStream.range(0, event.length).map(row -> event[row] ? 1 : 0).toArray(),
                List.of(ConformalCalibration.NO_EVENT, ConformalCalibration.EVENT),
                true,
                rows.people());
    }

    /** Whoever is censored, or had a competing event, was free of the event at least until then, so the share that is covered is at least that of the level. */
    private static ConformalFit.Rows free(Rows rows, FollowUp followUp) {
        var time = rows.happened()
                .endings()
                .orElseThrow(() -> new AppraisalRefused("A curve is held against times; name them"))
                .time();
        return new ConformalFit.Rows(
                IntStream.range(0, time.length)
                        .mapToObj(row -> new double[] {
                            ConformalCalibration.score(
                                    new SurvivalCurve(
                                            followUp.times(),
                                            rows.scored().get(row).free()),
                                    time[row])
                        })
                        .toArray(double[][]::new),
                new int[time.length],
                List.of("free until"),
                false,
                rows.people());
    }
}
