package org.auspex.commandline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.auspex.kernel.ServingModel;
import org.auspex.kernel.appraisal.ConformalFigures;
import org.auspex.kernel.appraisal.Conformed;
import org.auspex.kernel.appraisal.Conforming;
import org.auspex.kernel.appraisal.EvaluationFigures;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evaluation.ConformalFit;
import org.auspex.kernel.evaluation.Evaluation;
import org.auspex.kernel.model.ConformalCalibration;
import org.auspex.kernel.outcome.Choice;
import org.auspex.kernel.outcome.Choices;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Ranking;

/** What the order in which a model puts diagnoses was worth on a table. */
final class TableRanking {

    private final ServingModel model;
    private final OutcomeColumns outcome;
    private final Optional<NoteColumn> notes;

    /** @param notes a column of texts to read; empty = every input has a column */
    TableRanking(ServingModel model, OutcomeColumns outcome, Optional<NoteColumn> notes) {
        this.model = model;
        this.outcome = outcome;
        this.notes = notes;
    }

    /**
     * Ranks for every row and judges those with a result.
     *
     * @throws IllegalArgumentException with everything that is wrong with the table
     */
    Ranked of(Table table, String source, Optional<Conforming> conforming, Bootstrap bootstrap) {
        if (outcome.isSurvival()) {
            throw new IllegalArgumentException("%s puts diagnoses in order; name the true one by --label COLUMN"
                    .formatted(model.card().id()));
        }
        var named = new ArrayList<>(outcome.columns());
        notes.map(NoteColumn::column).ifPresent(named::add);
        table.require(named);
        var problems = new ArrayList<String>();
        var features = new TableFeatures(model.card(), table, notes);
        var rows = features.read(problems);
        var choices = model.card().output().choices().orElseThrow();
        var truth = outcome.choices(table, choices, problems);
        Table.refuse(problems);
        var said = model.outcomes(rows);
        var judged = IntStream.range(0, rows.size())
                .filter(row -> said.get(row) instanceof Ranking)
                .toArray();
        var first = firstAbstained(said);
        if (judged.length == 0) {
            throw new IllegalArgumentException("The model abstained on every row, first because of: " + first);
        }
        var report = new LinkedHashMap<String, Object>();
        report.put("model", model.card().id().toString());
        report.put("rows", table.rows());
        report.put("judged", judged.length);
        report.put("abstained", abstentions(said));
        report.put("abstainedFirst", first);
        report.put("missing", features.missing());
        report.put("unusedColumns", features.unused(named));
        report.putAll(EvaluationFigures.of(Evaluation.ofRankings(
                IntStream.of(judged)
                        .map(row ->
                                ((Ranking) said.get(row)).place(choices.all().get(truth[row])))
                        .toArray(),
                IntStream.of(judged).map(row -> truth[row]).toArray(),
                bootstrap)));
        var conformed = conforming.map(wanted -> wanted.fitted(
                model.card(),
                model.card().output(),
                source,
                conformal(said, truth, judged, choices),
                List.of(),
                bootstrap.seed()));
        conformed.ifPresent(fitted -> report.put("conformal", ConformalFigures.of(fitted)));
        return new Ranked(report, conformed);
    }

    /** The figures, and the limits of conformal prediction where they were asked for. */
    record Ranked(Map<String, Object> figures, Optional<Conformed> conformal) {}

    /** One limit for all choices: most are the truth of too few rows for one of their own. */
    private static ConformalFit.Rows conformal(List<Outcome> said, int[] truth, int[] judged, Choices choices) {
        return new ConformalFit.Rows(
                IntStream.of(judged)
                        .mapToObj(row -> scores((Ranking) said.get(row), choices))
                        .toArray(double[][]::new),
                IntStream.of(judged).map(row -> truth[row]).toArray(),
                choices.all().stream().map(Choice::name).toList(),
                false,
                IntStream.of(judged).mapToObj(String::valueOf).toList());
    }

    private static double[] scores(Ranking ranking, Choices choices) {
        return choices.all().stream()
                .mapToDouble(choice -> ConformalCalibration.score(
                        ranking.ranked().get(ranking.place(choice) - 1).probability()))
                .toArray();
    }

    /** How often the model abstained for each first reason. */
    private static Map<String, Long> abstentions(List<Outcome> said) {
        var counts = new TreeMap<String, Long>();
        said.forEach(one -> {
            if (one instanceof Outcome.Abstained abstained) {
                counts.merge(reason(abstained), 1L, Long::sum);
            }
        });
        return counts;
    }

    /** The first row that the model abstained on for each of these reasons, in words. */
    private static Map<String, String> firstAbstained(List<Outcome> said) {
        var first = new TreeMap<String, String>();
        for (int row = 0; row < said.size(); row++) {
            if (said.get(row) instanceof Outcome.Abstained abstained) {
                first.putIfAbsent(
                        reason(abstained),
                        "row %d: %s"
                                .formatted(row + 1, abstained.reasons().get(0).text()));
            }
        }
        return first;
    }

    private static String reason(Outcome.Abstained abstained) {
        var first = abstained.reasons().get(0);
        return first.input().orElse(first.text());
    }
}
