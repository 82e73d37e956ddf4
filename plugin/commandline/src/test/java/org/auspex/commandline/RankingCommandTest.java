package org.auspex.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate} of a model that puts diagnoses in order. */
class RankingCommandTest {

    private static final String MODEL = "../../testdata/models/diagnosis-zh/1.0.0";

    @TempDir
    private Path folder;

    private String printed = "";
    private String complained = "";

    @Test
    void countsHowOftenTheTrueDiagnosisStandsFirstAndAmongThree() throws IOException {
        var csv = csv(
                "fever,blisters,rash,sneezing,rubsNose,diarrhoea,cough,label",
                "1,1,1,,,0,,小儿手足口病",
                ",,,1,1,,,allergic-rhinitis",
                "0,,,,,1,0,K30",
                ",,,1,1,,,小儿手足口病");

        assertThat(run("--csv", csv, "--label", "label")).as(complained).isZero();

        var report = report();
        assertThat(report.path("judged").asInt()).isEqualTo(4);
        assertThat(report.at("/top1Accuracy/value").asDouble()).isEqualTo(0.75);
        assertThat(report.at("/top1Accuracy/interval95").size()).isEqualTo(2);
        assertThat(report.at("/top3Accuracy/value").asDouble()).isBetween(0.75, 1.0);
        assertThat(report.at("/top1AccuracyOfMajority/value").asDouble()).isEqualTo(0.5);
        assertThat(report.at("/missing/cough").asInt()).isEqualTo(3);
    }

    @Test
    void readsTheNotesOfAColumn() throws IOException {
        var csv = csv(
                "note,label",
                "孩子三岁，昨天开始发烧，手上有疱疹，嘴里也有疹子，没有咳嗽。,小儿手足口病",
                "宝宝打喷嚏、流清鼻涕一个月，经常揉鼻子，不发烧。,过敏性鼻炎",
                ",肺炎",
                "请问吃什么药？,肺炎");

        assertThat(run("--csv", csv, "--label", "label", "--note", "note"))
                .as(complained)
                .isZero();

        var report = report();
        assertThat(report.path("judged").asInt()).isEqualTo(2);
        assertThat(report.at("/top1Accuracy/value").asDouble()).isEqualTo(1.0);
        assertThat(report.at("/missing/cough").asInt()).isEqualTo(2);
        assertThat(report.path("abstainedFirst").toString())
                .contains("row 3: DocumentReference/row is not read: EMPTY")
                .contains("row 4: none of what the model reads is in the record");
        assertThat(report.path("unusedColumns")).isEmpty();
    }

    @Test
    void namesANoteColumnThatIsNotThere() throws IOException {
        assertThat(run("--csv", csv("cough,label", "1,肺炎"), "--label", "label", "--note", "text"))
                .isOne();

        assertThat(complained).contains("there is no column 'text'");
    }

    @Test
    void namesALabelThatIsNoneOfTheChoices() throws IOException {
        assertThat(run("--csv", csv("cough,label", "1,哮喘"), "--label", "label")).isOne();

        assertThat(complained).contains("row 1: label '哮喘' is none of [过敏性鼻炎, 上呼吸道感染", "leave the row out");
    }

    @Test
    void asksForTheTrueDiagnosis() throws IOException {
        assertThat(run("--csv", csv("cough,t,e", "1,3,1"), "--time", "t", "--event", "e"))
                .isOne();

        assertThat(complained).contains("puts diagnoses in order; name the true one by --label COLUMN");
    }

    private int run(String... options) {
        var out = new StringWriter();
        var err = new StringWriter();
        var arguments = new String[options.length + 3];
        arguments[0] = "evaluate";
        arguments[1] = MODEL;
        arguments[2] = "--home=" + folder;
        System.arraycopy(options, 0, arguments, 3, options.length);
        var status = CommandLineDoor.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
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
