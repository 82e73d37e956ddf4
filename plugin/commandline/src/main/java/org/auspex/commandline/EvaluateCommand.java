package org.auspex.commandline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.auspex.kernel.appraisal.Conformed;
import org.auspex.kernel.appraisal.Conforming;
import org.auspex.kernel.appraisal.page.AppraisalPage;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.model.CalibrationJson;
import org.auspex.kernel.model.CardRefused;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores a table by the card's columns and prints what the predictions were worth, as JSON. */
@Command(
        name = "evaluate",
        description = "Scores a table by the card's columns and prints the metrics as JSON.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "A model's name, name|version, or folder.")
    @SuppressWarnings("NullAway.Init")
    private String model;

    @Option(
            names = "--csv",
            required = true,
            paramLabel = "FILE",
            description = "A table with one row per subject and a line of column names.")
    @SuppressWarnings("NullAway.Init")
    private Path csv;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description =
                    "Whether the outcome happened; read by the card's positive:, or as 0/1, false/true, no/yes. Of a ranking: which of its choices is true.")
    private @Nullable String label;

    @Option(names = "--time", paramLabel = "COLUMN", description = "When the event came or the subject was last seen.")
    private @Nullable String time;

    @Option(names = "--event", paramLabel = "COLUMN", description = "Whether the event came: 0/1, false/true, no/yes.")
    private @Nullable String event;

    @Option(
            names = "--competing",
            paramLabel = "COLUMN[=VALUE]",
            description =
                    "With --time and --event: whether something else, such as death, ended the follow-up: 0/1, or the value that means it.")
    private @Nullable String competing;

    @Option(
            names = "--note",
            paramLabel = "COLUMN",
            description = "A column of plain text, read for the inputs that the model takes from documents.")
    private @Nullable String note;

    @Option(
            names = "--output",
            paramLabel = "NAME",
            description = "Which output of a model that has several; default the first.")
    private @Nullable String output;

    @Option(
            names = "--setting",
            paramLabel = "NAME=VALUE",
            description = "What the site chooses for the model, such as region=low.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--subgroup",
            paramLabel = "COLUMN[:BAND,...]",
            description = "Judges each group of a column, such as sex or age:40,65; may be repeated.")
    private List<String> subgroups = new ArrayList<>();

    @Option(
            names = "--baseline",
            paramLabel = "COLUMN",
            description = "What something simpler foresees: a probability or a score, more = likelier or sooner.")
    private @Nullable String baseline;

    @Option(
            names = "--threshold",
            paramLabel = "VALUE",
            description = "From which prediction on somebody would act; may be repeated; default the card's bands.")
    private List<Double> thresholds = new ArrayList<>();

    @Option(names = "--html", paramLabel = "FILE", description = "Also writes a report with plots, one file of HTML.")
    private @Nullable Path html;

    @Option(
            names = "--conformal",
            paramLabel = "LEVEL",
            description =
                    "Fits prediction sets or intervals that hold the truth for this share, such as 0.9, on half of the rows, and checks them on the others.")
    private @Nullable Double conformal;

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = "With --conformal: writes what a server needs to say these sets.")
    private @Nullable Path calibration;

    @Option(names = "--resamples", description = "Bootstrap resamples for the intervals; default ${DEFAULT-VALUE}.")
    private int resamples = 1000;

    @Option(names = "--seed", description = "Where the resampling starts; default ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--home", description = "Where the server writes; default ${DEFAULT-VALUE}.")
    private Path home = Path.of("auspex-home");

    @Override
    public Integer call() throws IOException {
        var models = new ModelAt(home);
        try (var serving = models.open(model, settings)) {
            var outcome = new OutcomeColumns(
                    Optional.ofNullable(label),
                    Optional.ofNullable(time),
                    Optional.ofNullable(event),
                    Optional.ofNullable(competing).map(CompetingColumn::parse));
            var notes = Optional.ofNullable(note)
                    .map(column -> new NoteColumn(
                            column, models.reader(), serving.card().requirements()));
            var judged = serving.card().output().choices().isPresent()
                    ? ranked(new TableRanking(serving, outcome, notes))
                    : appraised(new TableEvaluation(serving, outcome, beside(), Optional.ofNullable(output), notes));
            spec.commandLine()
                    .getOut()
                    .println(new ObjectMapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(judged.figures()));
            keep(judged.conformal());
            return 0;
        } catch (CardRefused e) {
            e.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
        } catch (IllegalArgumentException | java.nio.file.NoSuchFileException e) {
            spec.commandLine().getErr().println(e.getMessage());
        }
        return 1;
    }

    private SideColumns beside() {
        return new SideColumns(subgroups, Optional.ofNullable(baseline));
    }

    private Judged appraised(TableEvaluation evaluation) throws IOException {
        var evaluated = evaluation.of(
                Table.read(csv), csv.toString(), chosenThresholds(), conforming(), new Bootstrap(resamples, seed));
        if (html != null) {
            var when = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            Files.writeString(html, new AppraisalPage(evaluated.appraisal(), command(), when).html());
        }
        return new Judged(evaluated.figures(), evaluated.appraisal().conformal());
    }

    /** The figures, and the limits of conformal prediction where they were asked for. */
    private record Judged(Map<String, Object> figures, Optional<Conformed> conformal) {}

    private Judged ranked(TableRanking ranking) throws IOException {
        if (html != null || output != null || !beside().columns().isEmpty() || !thresholds.isEmpty()) {
            throw new IllegalArgumentException(
                    "Of a model that puts diagnoses in order there are figures only; leave out --html, --output, --subgroup, --baseline and --threshold");
        }
        var ranked = ranking.of(Table.read(csv), csv.toString(), conforming(), new Bootstrap(resamples, seed));
        return new Judged(ranked.figures(), ranked.conformal());
    }

    private Optional<Conforming> conforming() {
        if (conformal == null && calibration != null) {
            throw new IllegalArgumentException("--calibration needs a level; add --conformal 0.9");
        }
        return Optional.ofNullable(conformal).map(level -> new Conforming(level, Instant.now()));
    }

    /** Limits that the rows held out speak against are printed and not written. */
    private void keep(Optional<Conformed> conformed) throws IOException {
        if (calibration == null || conformed.isEmpty()) {
            return;
        }
        var covered = conformed.get().fit().covered();
        if (conformed.get().fit().coversTooFew()) {
            throw new IllegalArgumentException(
                    "%s is not written: the sets held the truth for %d of %d rows held out, which is fewer than they promise"
                            .formatted(calibration, covered.count(), covered.of()));
        }
        Files.writeString(calibration, CalibrationJson.write(conformed.get().calibration()));
    }

    private Optional<List<Double>> chosenThresholds() {
        return thresholds.isEmpty() ? Optional.empty() : Optional.of(thresholds);
    }

    /** As it was given, with quotation marks where a shell needs them. */
    private String command() {
        var words = spec.commandLine().getParent().getParseResult().originalArgs().stream()
                .map(word -> word.matches("[A-Za-z0-9_./:,=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .toList();
        return "java -jar auspex-server.jar " + String.join(" ", words);
    }
}
