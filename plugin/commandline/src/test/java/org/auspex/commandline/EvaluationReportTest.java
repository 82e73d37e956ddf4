package org.auspex.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code evaluate} tells beside its first figures, as JSON and as a page. */
class EvaluationReportTest {

    @TempDir
    private Path folder;

    private String printed = "";
    private String complained = "";

    @BeforeEach
    void aScoreOfOneInput() throws IOException {
        var card = Files.createDirectories(folder.resolve("models/fast-pulse/1.0.0"));
        Files.writeString(card.resolve("model.yaml"), """
                model: fast-pulse
                version: 1.0.0
                title: Fast <pulse> & more
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: none}
                subject: Patient
                engine: {kind: scorecard}
                inputs:
                  - {name: pulse, from: "Observation?code=http://loinc.org|8867-4", value: value, unit: /min, range: {low: 20, high: 300}, column: hr}
                outputs:
                  - {name: fast, kind: probability, display: Something, bands: [{below: 20, risk: low}, {below: 60, risk: moderate}, {risk: high}]}
                scorecard:
                  source: none
                  items:
                    - {item: pulse, input: pulse, coefficient: 0.05, times: pulse - 100}
                  probability: {value: 1 / (1 + exp(-total))}
                """);
    }

    @Test
    void theJsonHasWhatTheReportHas() throws IOException {
        evaluate(
                table(400, false),
                "--label",
                "dead",
                "--subgroup",
                "sex",
                "--subgroup",
                "age:40,65",
                "--baseline",
                "other");

        var report = report();
        assertThat(report.at("/expectedToObserved/value").asDouble()).isBetween(0.8, 1.25);
        assertThat(report.at("/calibrationCurve").size()).isEqualTo(10);
        assertThat(report.at("/decisionCurve").size()).isEqualTo(99);
        assertThat(report.at("/thresholds"))
                .extracting(row -> row.path("from").asDouble())
                .containsExactly(0.2, 0.6);
        assertThat(report.at("/thresholds/0/sensitivity/interval95").size()).isEqualTo(2);
        assertThat(report.at("/baselines"))
                .extracting(row -> row.path("with").asText())
                .containsExactly("prevalence of these rows", "other");
        assertThat(report.at("/baselines/1/AUROC/difference/interval95/0").asDouble())
                .isPositive();
        assertThat(report.at("/subgroups"))
                .extracting(row -> row.path("group").asText())
                .containsExactly("f", "m", "40 to under 65", "65 and over", "under 40");
        assertThat(report.at("/subgroupComparisons").asInt()).isEqualTo(10);
        assertThat(report.at("/inputs/0/quartiles").size()).isEqualTo(3);
    }

    @Test
    void warnsOfTheGroupThatIsForeseenWorse() throws IOException {
        evaluate(table(1500, true), "--label", "dead", "--subgroup", "sex");

        assertThat(report().at("/subgroups/0/group").asText()).isEqualTo("f");
        assertThat(report().at("/subgroups/0/worseBeyondChance").asBoolean()).isTrue();
        assertThat(report().at("/subgroups/1/worseBeyondChance").asBoolean()).isFalse();
        assertThat(report().path("cautions").toString())
                .contains("sex f (750 rows): AUROC is worse than that of all rows beyond chance");
    }

    @Test
    void writesAPageThatStandsAlone() throws IOException {
        var html = folder.resolve("report.html");

        evaluate(
                table(300, false),
                "--label",
                "dead",
                "--subgroup",
                "sex",
                "--baseline",
                "other",
                "--threshold",
                "0.3",
                "--html",
                html.toString());

        var page = Files.readString(html);
        assertThat(page)
                .startsWith("<!doctype html>")
                .contains(
                        "<h2>Discrimination</h2>",
                        "<h2>Calibration</h2>",
                        "<h2>Decision curve</h2>",
                        "<h2>Thresholds</h2>")
                .contains("<h2>Baselines</h2>", "<h2>Subgroups</h2>", "<h2>Methods</h2>", "<h2>TRIPOD+AI</h2>")
                .contains("Fast &lt;pulse&gt; &amp; more")
                .contains("java -jar auspex-server.jar evaluate fast-pulse")
                .contains("act on everybody", "perfect calibration")
                .contains("absent: to be added by whoever did the evaluation")
                .doesNotContain("<script", "http://", "https://", "src=", "<pulse>");
        assertThat(page.split("<svg ", -1)).hasSize(3);
        assertThat(page).contains(report().at("/auroc/value").asText().substring(0, 5));
    }

    @Test
    void escapesWhatATableSays() throws IOException {
        var rows = new ArrayList<>(List.of("hr,dead,<b>ward"));
        for (var row = 0; row < 40; row++) {
            rows.add("%d,%d,<i>%d".formatted(60 + row * 2, row % 3 == 0 ? 1 : 0, row % 2));
        }
        var html = folder.resolve("report.html");

        evaluate(csv(rows), "--label", "dead", "--subgroup", "<b>ward", "--html", html.toString());

        assertThat(Files.readString(html)).contains("&lt;b&gt;ward &lt;i&gt;0").doesNotContain("<b>ward", "<i>");
    }

    @Test
    void showsHowGroupsOfRiskFaredWhereTimesAreKnown() throws IOException {
        var html = folder.resolve("report.html");

        evaluate(table(300, false), "--time", "days", "--event", "dead", "--html", html.toString());

        assertThat(report().at("/riskGroups/groups").size()).isEqualTo(3);
        assertThat(report().at("/riskGroups/hazardRatioHighestToLowest/interval95/0")
                        .asDouble())
                .isGreaterThan(1);
        assertThat(Files.readString(html))
                .contains("Kaplan-Meier by risk group", "Hazard ratio, highest to lowest third");
    }

    // bad input

    @Test
    void aCohortOfOneHasAPageThatSaysWhyNothingIsKnown() throws IOException {
        var html = folder.resolve("report.html");

        evaluate(
                csv(List.of("hr,dead,sex", "90,1,f")),
                "--label",
                "dead",
                "--subgroup",
                "sex",
                "--html",
                html.toString());

        assertThat(report().at("/auroc/undefined").asText()).isEqualTo("No row is negative");
        assertThat(report().at("/brierScore/undefined").asText()).isEqualTo("One person alone cannot be resampled");
        assertThat(Files.readString(html)).contains("undefined: No row is negative");
    }

    @Test
    void noEventsAndAllEventsAreJudgedAsFarAsTheyGo() throws IOException {
        evaluate(csv(List.of("hr,dead", "60,0", "90,0", "120,0")), "--label", "dead");
        assertThat(report().at("/expectedToObserved/undefined").asText()).isEqualTo("No row is positive");
        assertThat(report().at("/thresholds/0/sensitivity/of").asInt()).isZero();
        assertThat(report().path("cautions").toString()).contains("0 of the 3 rows had the event");

        evaluate(csv(List.of("hr,dead", "60,1", "90,1", "120,1")), "--label", "dead");
        assertThat(report().at("/auroc/undefined").asText()).isEqualTo("No row is negative");
        assertThat(report().at("/expectedToObserved/value").isNumber()).isTrue();
    }

    @Test
    void constantPredictionsAreOneGroupAndRankNothing() throws IOException {
        evaluate(csv(List.of("hr,dead", "90,0", "90,1", "90,0", "90,1")), "--label", "dead");

        assertThat(report().at("/auroc/value").asDouble()).isEqualTo(0.5);
        assertThat(report().at("/calibrationSlope/undefined").asText()).isEqualTo("All predictions are equal");
        assertThat(report().at("/calibrationCurve").size()).isEqualTo(1);
    }

    @Test
    void aGroupOfThreeIsShownAndNotCompared() throws IOException {
        var rows = new ArrayList<>(List.of("hr,dead,ward"));
        for (var row = 0; row < 60; row++) {
            rows.add("%d,%d,%s".formatted(60 + row, row % 2, row < 3 ? "a" : "b"));
        }

        evaluate(csv(rows), "--label", "dead", "--subgroup", "ward");

        assertThat(report().at("/subgroups/0/rows").asInt()).isEqualTo(3);
        assertThat(report().at("/subgroups/0/AUROC/notCompared").asText()).contains("Fewer than 10 rows");
        assertThat(report().at("/subgroups/0/worseBeyondChance").asBoolean()).isFalse();
    }

    @Test
    void refusesWhatCannotBeJudgedAndSaysWhatToDo() throws IOException {
        assertRefused(
                List.of("hr,dead", ",1", "?,0"),
                "The model abstained on every row, first because of: {pulse=row 1:",
                "--label",
                "dead");
        assertRefused(
                List.of("hr,dead,days", "90,1,-3"),
                "row 1: days '-3' is no time; write a number of 0 or more",
                "--time",
                "days",
                "--event",
                "dead");
        assertRefused(List.of("hr,dead", "90,1"), "there is no column 'sex'", "--label", "dead", "--subgroup", "sex");
        assertRefused(
                List.of("hr,dead,age", "90,1,old"),
                "row 1: age 'old' is no number and falls in no band",
                "--label",
                "dead",
                "--subgroup",
                "age:40");
        assertRefused(
                List.of("hr,dead,age", "90,1,50"),
                "--subgroup age:forty: 'forty' is no number",
                "--label",
                "dead",
                "--subgroup",
                "age:forty");
        assertRefused(
                List.of("hr,dead,doctor", "90,1,unsure"),
                "row 1: doctor 'unsure' is no number",
                "--label",
                "dead",
                "--baseline",
                "doctor");
        assertRefused(
                List.of("hr,dead,doctor", "90,1,"),
                "doctor has no value on any row with a prediction",
                "--label",
                "dead",
                "--baseline",
                "doctor");
        assertRefused(
                List.of("hr,dead", "90,1"),
                "fast-pulse|1.0.0 has no output 'slow'; it has [fast]",
                "--label",
                "dead",
                "--output",
                "slow");
        var many = new ArrayList<>(List.of("hr,dead,age"));
        for (var row = 0; row < 20; row++) {
            many.add("90,%d,%d".formatted(row % 2, row));
        }
        assertRefused(
                many,
                "subgroup 'age' has 20 different values, more than 12; give bands, as in --subgroup age:40,65",
                "--label",
                "dead",
                "--subgroup",
                "age");
    }

    /** Ten thousand rows and a thousand resamples, with three ways of grouping and a baseline. */
    @Test
    void judgesTenThousandRowsInSeconds() throws IOException {
        var csv = table(10_000, false);
        var begun = System.nanoTime();

        evaluate(
                csv,
                "--label",
                "dead",
                "--subgroup",
                "sex",
                "--subgroup",
                "age:40,65",
                "--baseline",
                "other",
                "--resamples",
                "1000");

        assertThat((System.nanoTime() - begun) / 1e9).isLessThan(60);
        assertThat(report().path("judged").asInt()).isEqualTo(10_000);
    }

    @Test
    void whatCannotBeRuledOutIsFittedCheckedAndWritten() throws IOException {
        var file = folder.resolve("calibration.json");
        var page = folder.resolve("page.html");

        evaluate(
                table(400, false),
                "--label",
                "dead",
                "--subgroup",
                "sex",
                "--conformal",
                "0.9",
                "--calibration",
                file.toString(),
                "--html",
                page.toString());

        var conformal = report().path("conformal");
        assertThat(conformal.path("fittedOn").asInt()).isEqualTo(200);
        assertThat(conformal.at("/coverage/of").asInt()).isEqualTo(200);
        assertThat(conformal.at("/coverage/value").asDouble()).isBetween(0.83, 0.97);
        assertThat(conformal.path("groups"))
                .extracting(group -> group.path("group").asText())
                .containsExactly("no-event", "event", "f", "m");
        assertThat(conformal.path("setsBySize").size()).isEqualTo(3);
        assertThat(report().at("/smoothedCalibration").size()).isEqualTo(51);
        assertThat(Files.readString(page)).contains("What cannot be ruled out", "smoothed", "90.0 %");
        var written = new ObjectMapper().readTree(Files.readString(file));
        assertThat(written.path("model").asText()).isEqualTo("fast-pulse|1.0.0");
        assertThat(written.path("weights").asText()).hasSize(64);
        assertThat(written.path("limits").size()).isEqualTo(2);
        assertThat(written.path("covered").asInt())
                .isEqualTo(conformal.at("/coverage/count").asInt());
    }

    @Test
    void setsOfTooFewRowsAndOfTimesWithoutACurveAreRefused() throws IOException {
        assertRefused(
                List.of("hr,dead", "80,0", "120,1", "90,0"),
                "at least 9 rows of",
                "--label",
                "dead",
                "--conformal",
                "0.9");
        assertRefused(
                List.of("hr,dead", "80,0", "120,1"),
                "--calibration needs a level",
                "--label",
                "dead",
                "--calibration",
                "nowhere.json");
        assertRefused(
                List.of("hr,dead,days", "80,0,3", "120,1,9"),
                "says whether and not when",
                "--time",
                "days",
                "--event",
                "dead",
                "--conformal",
                "0.9");
        assertRefused(
                List.of("hr,dead", "80,0", "120,1"), "A level lies between", "--label", "dead", "--conformal", "1.5");
    }

    @Test
    void aCodeOfACompetingEventIsRefusedUntilItIsNamed() throws IOException {
        assertRefused(
                List.of("hr,dead,days", "80,0,3", "120,2,9"),
                "row 2: dead '2' is the code of a competing event; name it by --competing dead=2",
                "--time",
                "days",
                "--event",
                "dead");
    }

    /** The rows of the hand-worked example of CompetingEventsTest: incidences of 1/6 from 1 on, 7/18 from 4 and 11/18 from 6. */
    @Test
    void besideACompetingEventRisksAreIncidences() throws IOException {
        var html = folder.resolve("report.html");
        var codes = csv(List.of("hr,how,days", "90,1,1", "90,2,2", "90,0,3", "90,1,4", "90,2,5", "90,1,6"));

        evaluate(codes, "--time", "days", "--event", "how", "--competing", "how=2", "--html", html.toString());

        assertThat(report().path("competingEvents").asInt()).isEqualTo(2);
        assertThat(report().path("events").asInt()).isEqualTo(3);
        var free = report().at("/riskGroups/groups/0/free");
        assertThat(1 - free.at("/1/value").asDouble()).isCloseTo(1 / 6.0, within(1e-12));
        assertThat(1 - free.at("/2/value").asDouble()).isCloseTo(7 / 18.0, within(1e-12));
        assertThat(1 - free.at("/3/value").asDouble()).isCloseTo(11 / 18.0, within(1e-12));
        assertThat(Files.readString(html))
                .contains("Aalen-Johansen by risk group", "2 of the judged had a competing event first")
                .doesNotContain("Kaplan-Meier by");
        var same = printed;

        evaluate(
                csv(List.of(
                        "hr,dead,died,days", "90,1,0,1", "90,0,1,2", "90,0,0,3", "90,1,0,4", "90,0,1,5", "90,1,0,6")),
                "--time",
                "days",
                "--event",
                "dead",
                "--competing",
                "died");

        assertThat(report().at("/riskGroups"))
                .isEqualTo(new ObjectMapper().readTree(same).at("/riskGroups"));
    }

    @Test
    void saysWhatIsWrongWithACompetingEvent() throws IOException {
        assertRefused(
                List.of("hr,dead,died", "90,1,0"),
                "--competing goes with --time and --event",
                "--label",
                "dead",
                "--competing",
                "died");
        assertRefused(
                List.of("hr,dead,died,days", "90,1,1,4", "90,0,3,5"),
                "row 1: it ended by the event and by 'died'; say which came first",
                "--time",
                "days",
                "--event",
                "dead",
                "--competing",
                "died");
        assertThat(complained).contains("row 2: died '3' says neither", "name its code by --competing died=CODE");
    }

    @Test
    void rowsThatLackEverythingAreCountedAndTheOthersJudged() throws IOException {
        var lines = new ArrayList<>(List.of("hr,dead"));
        for (var row = 0; row < 40; row++) {
            lines.add((row % 4 == 0 ? "" : String.valueOf(80 + row)) + "," + row % 2);
        }

        evaluate(csv(lines), "--label", "dead");

        assertThat(report().path("judged").asInt()).isEqualTo(30);
        assertThat(report().at("/missing/pulse").asInt()).isEqualTo(10);
        assertRefused(List.of("hr,dead", ",0", ",1"), "The model abstained on every row", "--label", "dead");
    }

    private void assertRefused(List<String> lines, String words, String... options) throws IOException {
        assertThat(run(csv(lines), options)).isEqualTo(1);
        assertThat(complained).contains(words);
    }

    private void evaluate(Path csv, String... options) {
        assertThat(run(csv, options)).as(complained).isZero();
    }

    private int run(Path csv, String... options) {
        var words = new ArrayList<>(
                List.of("evaluate", "fast-pulse", "--csv", csv.toString(), "--home", folder.toString()));
        words.addAll(Arrays.asList(options));
        if (!words.contains("--resamples")) {
            words.addAll(List.of("--resamples", "200"));
        }
        var out = new StringWriter();
        var err = new StringWriter();
        var line = CommandLineDoor.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        var status = line.execute(words.toArray(String[]::new));
        printed = out.toString();
        complained = err.toString();
        return status;
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(printed);
    }

    private Path csv(List<String> lines) throws IOException {
        return Files.write(folder.resolve("table.csv"), lines);
    }

    /** Outcomes that happen as often as the score says, for women only if they are not {@code guessed}. */
    private Path table(int rows, boolean guessed) throws IOException {
        var random = new Random(7);
        var lines = new ArrayList<>(List.of("hr,dead,days,sex,age,other"));
        for (var row = 0; row < rows; row++) {
            var pulse = 100 + 40 * random.nextGaussian();
            pulse = Math.max(21, Math.min(299, pulse));
            var sex = row % 2 == 0 ? "f" : "m";
            var risk = guessed && row % 2 == 0 ? 0.5 : 1 / (1 + Math.exp(-0.05 * (pulse - 100)));
            var dead = random.nextDouble() < risk ? 1 : 0;
            var days = Math.round(1 + 200 * -Math.log(random.nextDouble()) / (0.2 + risk));
            lines.add("%.3f,%d,%d,%s,%d,%.3f"
                    .formatted(pulse, dead, days, sex, 20 + random.nextInt(70), random.nextDouble()));
        }
        return csv(lines);
    }
}
