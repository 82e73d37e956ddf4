package org.auspex.commandline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.auspex.kernel.ServingModel;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evaluation.Evaluation;
import org.auspex.kernel.evaluation.SurvivalPredictions;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.outcome.FollowUp;
import org.auspex.kernel.outcome.Outcome;

/** What a model's predictions on a table were worth. */
final class TableEvaluation {

    private static final int SHOWN = 20;
    private static final String NOT_COMPUTED = "the output asked for could not be computed";

    private final ServingModel model;
    private final OutcomeColumns outcome;
    private final Optional<String> output;

    TableEvaluation(ServingModel model, OutcomeColumns outcome, Optional<String> output) {
        this.model = model;
        this.outcome = outcome;
        this.output = output;
    }

    /**
     * Scores every row and judges those with a result.
     *
     * @throws IllegalArgumentException with everything that is wrong with the table
     */
    Map<String, Object> of(Table table, Bootstrap bootstrap) {
        var problems = new ArrayList<String>();
        if (!outcome.isSurvival() && model.card().output().followUp().isPresent()) {
            throw new IllegalArgumentException("%s foresees when an event comes; name --time COLUMN and --event COLUMN"
                    .formatted(model.card().id()));
        }
        outcome.columns().stream()
                .filter(column -> !table.has(column))
                .forEach(column -> problems.add(table.absent(column)));
        refuse(problems);
        var features = new TableFeatures(model.card(), table);
        var rows = features.read(problems);
        var happened = outcome.happened(table, model.card().output().positive(), problems);
        var times = outcome.isSurvival() ? outcome.times(table, problems) : new double[0];
        refuse(problems);
        var values = values(rows);
        var judged = IntStream.range(0, rows.size())
                .filter(row -> values.get(row).value().isPresent())
                .toArray();
        if (judged.length == 0) {
            throw new IllegalArgumentException(
                    "The model abstained on every row, first because of: " + abstainedFirst(values));
        }
        var report = new LinkedHashMap<String, Object>();
        report.put("model", model.card().id().toString());
        output.ifPresent(name -> report.put("output", name));
        report.put("rows", table.rows());
        report.put("judged", judged.length);
        report.put("abstained", abstentions(values));
        report.put("abstainedFirst", abstainedFirst(values));
        report.put("missing", features.missing());
        report.put("unusedColumns", features.unused(outcome.columns()));
        report.putAll(EvaluationReport.of(judge(judged, values, happened, times, bootstrap)));
        return report;
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            var more = problems.size() > SHOWN ? "%n... and %d more".formatted(problems.size() - SHOWN) : "";
            throw new IllegalArgumentException(String.join(
                            System.lineSeparator(), problems.subList(0, Math.min(SHOWN, problems.size())))
                    + more);
        }
    }

    private Evaluation judge(
            int[] judged, List<Predicted> values, boolean[] happened, double[] times, Bootstrap bootstrap) {
        var predicted = IntStream.of(judged)
                .mapToDouble(row -> values.get(row).value().orElseThrow())
                .toArray();
        var came = new boolean[judged.length];
        IntStream.range(0, judged.length).forEach(i -> came[i] = happened[judged[i]]);
        if (outcome.isSurvival()) {
            var followed = IntStream.of(judged).mapToDouble(row -> times[row]).toArray();
            return model.card()
                    .output()
                    .followUp()
                    .<Evaluation>map(followUp -> Evaluation.ofCurves(
                            predictions(followUp, judged, values, predicted), followed, came, bootstrap))
                    .orElseGet(() -> Evaluation.ofSurvival(predicted, followed, came, bootstrap));
        }
        return values.get(judged[0]).isProbability()
                ? Evaluation.ofProbabilities(predicted, came, bootstrap)
                : Evaluation.ofScores(predicted, came, bootstrap);
    }

    private static SurvivalPredictions predictions(
            FollowUp followUp, int[] judged, List<Predicted> values, double[] risk) {
        return new SurvivalPredictions(
                risk,
                IntStream.of(judged)
                        .mapToObj(row -> numbers(values.get(row).free()))
                        .toArray(double[][]::new),
                numbers(followUp.times()),
                numbers(followUp.horizons()));
    }

    private static double[] numbers(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * What the model said of one row: a number to judge, or why there is none.
     *
     * @param free the curve, of a model that gives one
     * @param reason the input that was in the way, or the words where it was none
     * @param words in full
     */
    private record Predicted(
            Optional<Double> value, boolean isProbability, List<Double> free, String reason, String words) {

        static Predicted none(String reason, String words) {
            return new Predicted(Optional.empty(), false, List.of(), reason, words);
        }
    }

    private List<Predicted> values(List<Features> rows) {
        return model.outcomes(rows).stream().map(this::predicted).toList();
    }

    private Predicted predicted(Outcome said) {
        if (said instanceof Outcome.Risk risk) {
            var chance = risk.chances().stream()
                    .filter(one -> output.map(one.output().name()::equals).orElse(true))
                    .findFirst();
            return chance.map(one -> new Predicted(Optional.of(one.probability()), true, List.of(), "", ""))
                    .orElseGet(() -> Predicted.none(NOT_COMPUTED, NOT_COMPUTED));
        }
        if (said instanceof Outcome.Score score) {
            return new Predicted(Optional.of(score.total()), false, List.of(), "", "");
        }
        if (said instanceof Outcome.Survival survival) {
            var sooner = -survival.curve().restrictedMean();
            return new Predicted(Optional.of(sooner), false, survival.curve().free(), "", "");
        }
        if (said instanceof Outcome.Abstained abstained) {
            var first = abstained.reasons().get(0);
            return Predicted.none(first.input().orElse(first.text()), first.text());
        }
        throw new IllegalArgumentException("%s answers labels, which have no order to judge"
                .formatted(model.card().id()));
    }

    /** How often the model abstained for each first reason. */
    private static Map<String, Long> abstentions(List<Predicted> values) {
        var counts = new TreeMap<String, Long>();
        values.stream()
                .filter(predicted -> predicted.value().isEmpty())
                .forEach(predicted -> counts.merge(predicted.reason(), 1L, Long::sum));
        return counts;
    }

    /** The first row that the model abstained on for each of these reasons, in words. */
    private static Map<String, String> abstainedFirst(List<Predicted> values) {
        var first = new TreeMap<String, String>();
        for (int row = 0; row < values.size(); row++) {
            var predicted = values.get(row);
            if (predicted.value().isEmpty()) {
                first.putIfAbsent(predicted.reason(), "row %d: %s".formatted(row + 1, predicted.words()));
            }
        }
        return first;
    }
}
