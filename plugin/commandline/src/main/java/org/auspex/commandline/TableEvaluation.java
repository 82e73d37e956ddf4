package org.auspex.commandline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.auspex.kernel.ServingModel;
import org.auspex.kernel.appraisal.Appraisal;
import org.auspex.kernel.appraisal.AppraisalFigures;
import org.auspex.kernel.appraisal.Appraiser;
import org.auspex.kernel.appraisal.Conforming;
import org.auspex.kernel.appraisal.Happened;
import org.auspex.kernel.appraisal.Sample;
import org.auspex.kernel.appraisal.Scored;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evaluation.Endings;

/** What a model's predictions on a table were worth. */
final class TableEvaluation {

    private final ServingModel model;
    private final OutcomeColumns outcome;
    private final SideColumns beside;
    private final Optional<String> output;
    private final Optional<NoteColumn> notes;

    /**
     * @param beside columns for subgroups and a baseline
     * @param output which of several outputs; empty = the first
     * @param notes a column of texts to read; empty = every input has a column
     */
    TableEvaluation(
            ServingModel model,
            OutcomeColumns outcome,
            SideColumns beside,
            Optional<String> output,
            Optional<NoteColumn> notes) {
        this.model = model;
        this.outcome = outcome;
        this.beside = beside;
        this.output = output;
        this.notes = notes;
    }

    /**
     * A table judged.
     *
     * @param unusedColumns that nothing read
     */
    record Evaluated(Appraisal appraisal, List<String> unusedColumns) {

        Map<String, Object> figures() {
            var figures = new LinkedHashMap<>(AppraisalFigures.of(appraisal));
            figures.put("unusedColumns", unusedColumns);
            return figures;
        }
    }

    /**
     * Scores every row and judges those with a result.
     *
     * @param source what the table is called
     * @throws IllegalArgumentException with everything that is wrong with the table
     */
    Evaluated of(
            Table table,
            String source,
            Optional<List<Double>> thresholds,
            Optional<Conforming> conforming,
            Bootstrap bootstrap) {
        var problems = new ArrayList<String>();
        if (!outcome.isSurvival() && model.card().output().followUp().isPresent()) {
            throw new IllegalArgumentException("%s foresees when an event comes; name --time COLUMN and --event COLUMN"
                    .formatted(model.card().id()));
        }
        var appraiser = new Appraiser(model.card(), output, thresholds, bootstrap).with(conforming);
        var named = new ArrayList<>(outcome.columns());
        named.addAll(beside.columns());
        notes.map(NoteColumn::column).ifPresent(named::add);
        table.require(named);
        var features = new TableFeatures(model.card(), table, notes);
        var rows = features.read(problems);
        var happened = happened(table, problems);
        var groupings = beside.groupings(table, problems);
        var rival = beside.rival(table, problems);
        Table.refuse(problems);
        var scored = model.outcomes(rows).stream()
                .map(said -> Scored.of(said, output, model.card().id()))
                .toList();
        var people = IntStream.range(0, rows.size()).mapToObj(String::valueOf).toList();
        var sample = new Sample(source, Map.of(), rows, features.missing(), scored, happened, groupings, people, rival);
        return new Evaluated(appraiser.of(sample), features.unused(named));
    }

    private Happened happened(Table table, List<String> problems) {
        var event = outcome.happened(table, model.card().output().positive(), problems);
        if (!outcome.isSurvival()) {
            return Happened.atAll(event);
        }
        var time = outcome.times(table, problems);
        return outcome.competing()
                .map(rival -> Happened.beside(new Endings(time, event, rival.happened(table, event, problems))))
                .orElseGet(() -> Happened.in(time, event));
    }
}
