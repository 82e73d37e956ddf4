package org.auspex.kernel.appraisal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Quantile;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evaluation.CalibrationCurve;
import org.auspex.kernel.evaluation.Comparison;
import org.auspex.kernel.evaluation.DecisionCurve;
import org.auspex.kernel.evaluation.Evaluation;
import org.auspex.kernel.evaluation.Grouping;
import org.auspex.kernel.evaluation.RiskGroups;
import org.auspex.kernel.evaluation.Subgroups;
import org.auspex.kernel.evaluation.SurvivalPredictions;
import org.auspex.kernel.evaluation.Threshold;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Output;

/** The figures of the rows that have a prediction, by what the model says. */
final class Judgement {

    private static final double PERCENT = 100;
    private static final double[] TENTHS = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

    private final Output output;
    private final List<Scored> scored;
    private final double[] predicted;
    private final Happened happened;
    private final List<Grouping> groupings;
    private final Optional<Rival> rival;
    private final List<String> people;
    private final Bootstrap bootstrap;

    /**
     * @param judged rows with a prediction; at least one
     */
    Judgement(Output output, Sample sample, int[] judged, Bootstrap bootstrap) {
        this.output = output;
        this.scored = IntStream.of(judged).mapToObj(sample.scored()::get).toList();
        this.predicted =
                scored.stream().mapToDouble(one -> one.value().orElseThrow()).toArray();
        this.happened = sample.happened().only(judged);
        this.groupings = sample.groupings().stream()
                .map(by -> new Grouping(
                        by.name(),
                        IntStream.of(judged).mapToObj(by.ofRow()::get).toList()))
                .toList();
        this.rival = sample.rival()
                .map(other -> new Rival(
                        other.name(),
                        IntStream.of(judged).mapToObj(other.ofRow()::get).toList()));
        this.people = IntStream.of(judged).mapToObj(sample.people()::get).toList();
        this.bootstrap = bootstrap.by(people);
    }

    Appraisal appraisal(
            ModelCard card,
            Description description,
            Optional<List<Double>> thresholds,
            Optional<Conforming> conforming) {
        var event = happened.event();
        var areProbabilities = happened.endings().isEmpty() && scored.get(0).isProbability();
        return new Appraisal(
                card,
                output,
                description,
                evaluation(),
                areProbabilities ? Optional.of(CalibrationCurve.of(predicted, event)) : Optional.empty(),
                areProbabilities ? Optional.of(DecisionCurve.of(predicted, event, bootstrap)) : Optional.empty(),
                happened.endings().isEmpty()
                        ? Threshold.of(predicted, event, thresholds.orElseGet(() -> usual(areProbabilities)))
                        : List.of(),
                happened.endings().map(endings -> RiskGroups.of(risk(), endings)),
                subgroups(),
                Stream.concat(
                                areProbabilities
                                        ? Stream.of(Comparison.withPrevalence(predicted, event, bootstrap))
                                        : Stream.empty(),
                                rival.map(this::comparison).stream())
                        .toList(),
                conforming.map(wanted -> wanted.of(
                        card,
                        output,
                        description.source(),
                        new Conforming.Rows(scored, predicted, happened, people, groupings),
                        bootstrap.seed())),
                bootstrap);
    }

    private Evaluation evaluation() {
        var event = happened.event();
        return happened.endings()
                .map(endings -> curves().<Evaluation>map(curves -> Evaluation.ofCurves(curves, endings, bootstrap))
                        .orElseGet(() -> Evaluation.ofSurvival(predicted, endings, bootstrap)))
                .orElseGet(() -> scored.get(0).isProbability()
                        ? Evaluation.ofProbabilities(predicted, event, bootstrap)
                        : Evaluation.ofScores(predicted, event, bootstrap));
    }

    private Subgroups subgroups() {
        var event = happened.event();
        return happened.endings()
                .map(endings -> curves().map(curves -> Subgroups.ofCurves(curves, endings, groupings, bootstrap))
                        .orElseGet(() -> Subgroups.ofSurvival(predicted, endings, groupings, bootstrap)))
                .orElseGet(() -> scored.get(0).isProbability()
                        ? Subgroups.ofProbabilities(predicted, event, groupings, bootstrap)
                        : Subgroups.ofScores(predicted, event, groupings, bootstrap));
    }

    private Optional<SurvivalPredictions> curves() {
        return output.followUp()
                .map(followUp -> new SurvivalPredictions(
                        predicted,
                        scored.stream().map(one -> numbers(one.free())).toArray(double[][]::new),
                        numbers(followUp.times()),
                        numbers(followUp.horizons())));
    }

    /** What risk groups are made by: the risk at the last horizon of a curve, else the prediction. */
    private double[] risk() {
        return output.followUp()
                .map(followUp -> {
                    var at = followUp.times().indexOf(followUp.lastHorizon());
                    return scored.stream()
                            .mapToDouble(one -> 1 - one.free().get(at))
                            .toArray();
                })
                .orElse(predicted);
    }

    /** Where the card's bands begin; without bands, the tenths of what the model says. */
    private List<Double> usual(boolean areProbabilities) {
        var bands = output.bands().stream()
                .flatMap(band -> band.below().stream())
                .map(below -> areProbabilities ? below / PERCENT : below)
                .distinct()
                .toList();
        return bands.isEmpty()
                ? Arrays.stream(Quantile.withDefaults()
                                .with(Quantile.EstimationMethod.HF1)
                                .evaluate(predicted, TENTHS))
                        .boxed()
                        .toList()
                : bands;
    }

    /** On the rows on which the rival says something, too. */
    private Comparison comparison(Rival other) {
        var both = IntStream.range(0, predicted.length)
                .filter(row -> other.ofRow().get(row).isPresent())
                .toArray();
        if (both.length == 0) {
            throw new AppraisalRefused(
                    "%s has no value on any row with a prediction; name another column".formatted(other.name()));
        }
        var ours = IntStream.of(both).mapToDouble(row -> predicted[row]).toArray();
        var theirs = IntStream.of(both)
                .mapToDouble(row -> other.ofRow().get(row).orElseThrow())
                .toArray();
        var there = happened.only(both);
        var drawn = bootstrap.by(IntStream.of(both).mapToObj(people::get).toList());
        return there.endings()
                .map(endings -> Comparison.ofSurvival(other.name(), ours, theirs, endings, drawn))
                .orElseGet(() -> scored.get(0).isProbability() && other.isProbability()
                        ? Comparison.ofProbabilities(other.name(), ours, theirs, there.event(), drawn)
                        : Comparison.ofScores(other.name(), ours, theirs, there.event(), drawn));
    }

    private static double[] numbers(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
