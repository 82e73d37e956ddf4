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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    private static final Path SHIPPED = Path.of("../../testdata/models");
    private static final Path CLEVELAND = Path.of("../../../shared/data/heart-disease/cleveland.csv");

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
                title: Fast pulse
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: none}
                subject: Patient
                engine: {kind: scorecard}
                inputs:
                  - name: pulse
                    from: Observation?code=http://loinc.org|8867-4
                    value: value
                    unit: /min
                    range: {low: 20, high: 300}
                    column: {name: hr, gaps: ["0"]}
                  - {name: diabetes, take: exists, from: Condition?code=http://snomed.info/sct|73211009}
                outputs:
                  - {name: fast, kind: probability, display: Something, positive: num > 0}
                scorecard:
                  source: none
                  items:
                    - {item: pulse, input: pulse, coefficient: 0.05, times: pulse - 100}
                    - {item: diabetes, input: diabetes, points: {"no": 0, "yes": 1}}
                  probability: {value: 1 / (1 + exp(-total))}
                """);
    }

    // check

    @Test
    void checksAModelAndItsGoldenCases() {
        assertThat(run("check", SHIPPED.resolve("news2/1.0.0").toString())).isZero();
        assertThat(printed).contains("news2|1.0.0 is fit to serve").contains("60 golden cases");
    }

    @Test
    void saysEverythingThatIsWrongWithACard() throws IOException {
        var model = folder.resolve("models/fast-pulse/1.0.0");
        var card = model.resolve("model.yaml");
        Files.writeString(
                card,
                Files.readString(card).replace("unit: /min", "unit: bpm").replace("input: pulse,", "input: puls,"));

        assertThat(run("check", model.toString())).isEqualTo(1);
        assertThat(complained)
                .contains("line 12")
                .contains("'bpm' is no UCUM unit")
                .contains("no input is called 'puls'");
    }

    // evaluate

    @Test
    void evaluatesProbabilitiesByTheCardsColumns() throws IOException {
        var csv = csv("hr,diabetes,num", "60,0,0", "70,no,0", "130,yes,2", "110,1,1", "0,0,0", "90,0,1");

        assertThat(run("evaluate", "fast-pulse", "--csv", csv, "--label", "num", "--resamples", "200"))
                .isZero();

        var report = report();
        assertThat(report.path("rows").asInt()).isEqualTo(6);
        assertThat(report.path("judged").asInt()).isEqualTo(5);
        assertThat(report.at("/abstained/pulse").asInt()).isEqualTo(1);
        assertThat(report.at("/missing/pulse").asInt()).isEqualTo(1);
        assertThat(report.at("/auroc/value").asDouble()).isEqualTo(1.0);
        assertThat(report.path("positives").asInt()).isEqualTo(3);
    }

    @Test
    void evaluatesTimesAndEvents() throws IOException {
        var csv = csv("hr,months,died,site", "60,40,0,a", "130,3,1,a", "110,9,1,b", "90,20,1,b", "95,15,0,b");

        assertThat(run("evaluate", "fast-pulse", "--csv", csv, "--time", "months", "--event", "died"))
                .isZero();

        var report = report();
        assertThat(report.at("/concordanceIndex/value").asDouble()).isEqualTo(1.0);
        assertThat(report.path("events").asInt()).isEqualTo(3);
        assertThat(report.path("unusedColumns").toString()).contains("site");
    }

    @Test
    void namesEveryBadCellWithItsRow() throws IOException {
        var csv = csv("hr,num", "fast,0", "70,1", "80,maybe");

        assertThat(run("evaluate", "fast-pulse", "--csv", csv, "--label", "num"))
                .isEqualTo(1);
        assertThat(complained).contains("row 1: hr 'fast' is no number").contains("row 3: num 'maybe'");
    }

    @Test
    void namesColumnsThatAreNotThere() throws IOException {
        var csv = csv("pulserate,num", "70,1");

        assertThat(run("evaluate", "fast-pulse", "--csv", csv, "--label", "num"))
                .isEqualTo(1);
        assertThat(complained).contains("no column 'hr'").contains("[pulserate, num]");
        assertThat(run("evaluate", "fast-pulse", "--csv", csv, "--label", "disease"))
                .isEqualTo(1);
        assertThat(complained).contains("no column 'disease'");
    }

    @Test
    void refusesANegativeTime() throws IOException {
        var csv = csv("hr,months,died", "70,-1,1", "80,2,0");

        assertThat(run("evaluate", "fast-pulse", "--csv", csv, "--time", "months", "--event", "died"))
                .isEqualTo(1);
        assertThat(complained).contains("row 1: months '-1' is no time");
    }

    @Test
    void saysWhyAFigureIsUndefinedWhereNobodyIsPositive() throws IOException {
        var csv = csv("hr,num", "60,0", "70,0", "80,0");

        assertThat(run("evaluate", "fast-pulse", "--csv", csv, "--label", "num"))
                .isZero();
        assertThat(report().at("/auroc/undefined").asText()).isNotBlank();
        assertThat(report().at("/auroc/value").isMissingNode()).isTrue();
    }

    @Test
    void saysHowToSayWhatHappened() throws IOException {
        var csv = csv("hr,num", "60,0");

        assertThat(run("evaluate", "fast-pulse", "--csv", csv)).isEqualTo(1);
        assertThat(complained).contains("--label COLUMN");
        assertThat(run("evaluate", "nobody", "--csv", csv, "--label", "num")).isEqualTo(1);
        assertThat(complained).contains("'nobody'");
    }

    @Test
    void evaluatesTenThousandRowsWithinSeconds() throws IOException {
        var rows = new ArrayList<String>();
        for (int i = 0; i < 10_000; i++) {
            rows.add("%d,%d".formatted(40 + i % 150, (i * 7919) % 100 < i % 150 ? 1 : 0));
        }
        var csv = csv("hr,num", rows.toArray(String[]::new));

        assertThat(run("evaluate", "fast-pulse", "--csv", csv, "--label", "num"))
                .isZero();
        assertThat(report().path("judged").asInt()).isEqualTo(10_000);
        assertThat(report().at("/auroc/value").asDouble()).isCloseTo(0.918, within(0.001));
    }

    @Test
    void evaluatesTheShippedNetworkOnItsTrainingHospital() throws IOException {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.isRegularFile(CLEVELAND), "SKIPPED: no " + CLEVELAND + " beside the checkout");

        assertThat(run("evaluate", "coronary-disease", "--csv", CLEVELAND.toString(), "--label", "num"))
                .isZero();
        assertThat(report().path("judged").asInt()).isEqualTo(303);
        assertThat(report().at("/auroc/value").asDouble()).isGreaterThan(0.9);
    }

    private int run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var all = new ArrayList<>(List.of(arguments));
        all.add("--home=" + folder);
        var status = CommandLineDoor.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        printed = out.toString();
        complained = err.toString();
        return status;
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(printed);
    }

    private String csv(String header, String... rows) throws IOException {
        var file = folder.resolve("table.csv");
        Files.writeString(file, header + "\n" + String.join("\n", rows) + "\n");
        return file.toString();
    }
}
