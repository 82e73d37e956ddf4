package org.auspex.commandline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.auspex.kernel.ServingModel;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evaluation.Evaluation;
import org.auspex.kernel.evaluation.SurvivalPredictions;
import org.auspex.kernel.outcome.Choices;
import org.auspex.kernel.outcome.FollowUp;

/** What a model's predictions on a table were worth. */
final class TableEvaluation {

    private static final int SHOWN = 20;

    private final ServingModel model;
    private final OutcomeColumns outcome;
    private final Optional<String> output;
    private final Optional<NoteColumn> notes;

    /**
     * @param output which of several is judged; empty = the first
     * @param notes a column of texts to read; empty = every input has a column
     */
    TableEvaluation(ServingModel model, OutcomeColumns outcome, Optional<String> output, Optional<NoteColumn> notes) {
        this.model = model;
        this.outcome = outcome;
        this.output = output;
        this.notes = notes;
    }

    /**
     * Scores every row and judges those with a result.
     *
     * @throws IllegalArgumentException with everything that is wrong with the table
     */
    Map<String, Object> of(Table table, Bootstrap bootstrap) {
        var problems = new ArrayList<String>();
        requireColumns();
        var named = Stream.concat(outcome.columns().stream(), notes.map(NoteColumn::column).stream())
                .toList();
        named.stream().filter(column -> !table.has(column)).forEach(column -> problems.add(table.absent(column)));
        refuse(problems);
        var features = new TableFeatures(model.card(), table, notes);
        var rows = features.read(problems);
        var choices = model.card().output().choices();
        var truth = choices.map(of -> outcome.choices(table, of, problems)).orElse(new int[0]);
        var happened = choices.isPresent()
                ? new boolean[0]
                : outcome.happened(table, model.card().output().positive(), problems);
        var times = outcome.isSurvival() ? outcome.times(table, problems) : new double[0];
        refuse(problems);
        var values = model.outcomes(rows).stream()
                .map(said -> Predicted.of(said, output, model.card().id()))
                .toList();
        var judged = IntStream.range(0, rows.size())
                .filter(row -> values.get(row).value().isPresent())
                .toArray();
        if (judged.length == 0) {
            throw new IllegalArgumentException(
                    "The model abstained on every row, first because of: " + Predicted.abstainedFirst(values));
        }
        var report = new LinkedHashMap<String, Object>();
        report.put("model", model.card().id().toString());
        output.ifPresent(name -> report.put("output", name));
        report.put("rows", table.rows());
        report.put("judged", judged.length);
        report.put("abstained", Predicted.abstentions(values));
        report.put("abstainedFirst", Predicted.abstainedFirst(values));
        report.put("missing", features.missing());
        report.put("unusedColumns", features.unused(named));
        report.putAll(EvaluationReport.of(
                choices.isPresent()
                        ? order(judged, values, truth, choices.get(), bootstrap)
                        : judge(judged, values, happened, times, bootstrap)));
        return report;
    }

    /** A model is judged by the columns that say what it foresees. */
    private void requireColumns() {
        var foreseen = model.card().output();
        if (!outcome.isSurvival() && foreseen.followUp().isPresent()) {
            throw new IllegalArgumentException("%s foresees when an event comes; name --time COLUMN and --event COLUMN"
                    .formatted(model.card().id()));
        }
        if (outcome.isSurvival() && foreseen.choices().isPresent()) {
            throw new IllegalArgumentException("%s puts diagnoses in order; name the true one by --label COLUMN"
                    .formatted(model.card().id()));
        }
    }

    private static Evaluation order(
            int[] judged, List<Predicted> values, int[] truth, Choices choices, Bootstrap bootstrap) {
        var place = IntStream.of(judged)
                .map(row -> values.get(row)
                        .ranking()
                        .orElseThrow()
                        .place(choices.all().get(truth[row])))
                .toArray();
        return Evaluation.ofRankings(
                place, IntStream.of(judged).map(row -> truth[row]).toArray(), bootstrap);
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
}
