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
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.auspex.language.chat.StandIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exam at the command line, answered by a stand-in. */
class ExamCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SAMPLE = Path.of("../../../shared/data/exam-questions/medqa-sample.jsonl");

    private static final StandIn.Manner FIRST_OPTION = StandIn.says("Answer: A");

    @TempDir
    private Path folder;

    private final StandIn standIn = new StandIn();
    private Path file = Path.of("");
    private Path out = Path.of("");
    private String printed = "";
    private String complained = "";

    @BeforeEach
    void threeQuestions() throws IOException {
        out = folder.resolve("results.jsonl");
        file = folder.resolve("bones.jsonl");
        Files.write(file, List.of(question("1", "A"), question("2", "B"), question("3", "A")));
    }

    @AfterEach
    void close() {
        standIn.close();
    }

    @Test
    void countsWhatIsRightWithItsIntervalTokensAndCost() throws IOException {
        standIn.then(FIRST_OPTION);

        assertThat(exam("--price-in", "2", "--price-out", "10")).isZero();

        var report = JSON.readTree(printed);
        var bones = report.at("/sources/bones");
        assertThat(bones.path("questions").asInt()).isEqualTo(3);
        assertThat(bones.path("right").asInt()).isEqualTo(2);
        assertThat(bones.path("accuracy").asDouble()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(bones.path("low").asDouble()).isBetween(0.2, 0.25);
        assertThat(bones.path("high").asDouble()).isBetween(0.9, 0.95);
        assertThat(report.at("/tokens/input").asInt()).isEqualTo(3 * StandIn.INPUT_TOKENS);
        assertThat(report.path("cost").asDouble())
                .isCloseTo((3 * StandIn.INPUT_TOKENS * 2 + 3 * StandIn.OUTPUT_TOKENS * 10) / 1e6, within(1e-12));
        assertThat(report.path("served").get(0).asText()).isEqualTo("stand-in-2026-01");
        assertThat(lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line.path("text").asText()).isEqualTo("Answer: A"));
    }

    @Test
    void asksWithTheOptionsAndWithoutTheAnswer() {
        standIn.then(FIRST_OPTION);

        exam("--limit", "1");

        assertThat(standIn.requests()).hasSize(1);
        assertThat(standIn.requests().get(0).toString()).contains("Which bone is 1?", "A) Femur", "B) Tibia");
    }

    @Test
    void countsUnparseableRefusedAndCutShortAnswersApart() throws IOException {
        standIn.then(
                StandIn.says("It depends."), StandIn.refuses("I cannot help."), StandIn.ends("Well, let us", "length"));

        assertThat(exam()).isZero();

        var bones = JSON.readTree(printed).at("/sources/bones");
        assertThat(bones.path("answered").asInt()).isEqualTo(3);
        assertThat(bones.path("right").asInt()).isZero();
        assertThat(bones.path("unparseable").asInt()).isEqualTo(1);
        assertThat(bones.path("refused").asInt()).isEqualTo(1);
        assertThat(bones.path("cutShort").asInt()).isEqualTo(1);
    }

    @Test
    void goesOnWhereItWasCutOff() throws IOException {
        standIn.then(FIRST_OPTION);
        exam("--limit", "2");
        Files.writeString(out, "{\"source\":\"bones\",\"id\":\"3\",\"outc", StandardOpenOption.APPEND);

        assertThat(exam()).isZero();

        assertThat(standIn.requests()).hasSize(3);
        assertThat(lines()).extracting(line -> line.path("id").asText()).containsExactlyInAnyOrder("1", "2", "3");
        var report = JSON.readTree(printed);
        assertThat(report.path("earlier").asInt()).isEqualTo(2);
        assertThat(report.at("/sources/bones/answered").asInt()).isEqualTo(3);
    }

    @Test
    void asksAgainInTheNextRunWhatFailed() throws IOException {
        standIn.then(StandIn.fails(400), FIRST_OPTION);

        assertThat(exam("--concurrency", "1")).isEqualTo(3);
        assertThat(JSON.readTree(printed).at("/failures/REJECTED").asInt()).isEqualTo(1);
        assertThat(exam("--concurrency", "1")).isZero();

        assertThat(lines()).hasSize(3);
        assertThat(standIn.requests()).hasSize(4);
    }

    @Test
    void triesAgainWhatMayPass() throws IOException {
        standIn.then(StandIn.fails(429, "Retry-After", "0"), FIRST_OPTION);

        assertThat(exam()).isZero();
        assertThat(lines()).hasSize(3);
    }

    @Test
    void stopsAtOnceWhereEveryQuestionWouldFail() {
        standIn.then(StandIn.fails(401));

        assertThat(exam("--concurrency", "1")).isEqualTo(1);

        assertThat(complained).contains("AUSPEX_CHAT_APIKEY");
        assertThat(printed).isEmpty();
    }

    @Test
    void givesUpAfterTenFailuresInARowAndKeepsWhatWasAnswered() throws IOException {
        Files.write(
                file,
                java.util.stream.IntStream.rangeClosed(1, 30)
                        .mapToObj(number -> question(String.valueOf(number), "A"))
                        .toList());
        standIn.then(FIRST_OPTION, StandIn.fails(400));

        assertThat(exam("--concurrency", "1")).isEqualTo(1);

        assertThat(standIn.requests()).hasSizeBetween(11, 29);
        assertThat(lines()).extracting(line -> line.path("id").asText()).containsExactly("1");
        assertThat(printed).isEmpty();
        assertThat(complained).isNotBlank();
    }

    @Test
    void mixesNoTwoModelsInOneFile() throws IOException {
        standIn.then(FIRST_OPTION);
        exam();
        Files.writeString(out, Files.readString(out).replace("\"requested\":\"stand-in\"", "\"requested\":\"other\""));

        assertThat(exam()).isEqualTo(1);

        assertThat(complained).contains("answers of other").contains("Choose another --out");
    }

    @Test
    void saysWhichLineIsNoQuestion() throws IOException {
        Files.writeString(
                file, "{\"question\": \"?\", \"options\": {\"A\": \"x\", \"B\": \"y\"}, \"answer_idx\": \"E\"}\n");
        assertThat(exam()).isEqualTo(1);
        assertThat(complained).contains("bones.jsonl, line 1").contains("'E'").contains("[A, B]");

        Files.write(file, List.of(question("1", "A"), question("1", "B")));
        assertThat(exam()).isEqualTo(1);
        assertThat(complained).contains("two questions with the id 1");
    }

    @Test
    void readsThePublicSample() throws IOException {
        Assumptions.assumeTrue(Files.exists(SAMPLE), "No exam questions beside this checkout");
        standIn.then(FIRST_OPTION);
        file = SAMPLE;

        assertThat(exam()).isZero();

        assertThat(JSON.readTree(printed).at("/sources/medqa-sample/answered").asInt())
                .isEqualTo(60);
    }

    private static String question(String id, String answer) {
        return "{\"realidx\": %s, \"question\": \"Which bone is %s?\", \"options\": {\"A\": \"Femur\", \"B\": \"Tibia\"}, \"answer_idx\": \"%s\"}"
                .formatted(id, id, answer);
    }

    private List<JsonNode> lines() throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(out)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private int exam(String... options) {
        var arguments = new ArrayList<>(List.of(
                "exam",
                "--questions",
                file.toString(),
                "--base-url",
                standIn.url().toString(),
                "--model",
                StandIn.MODEL,
                "--out",
                out.toString()));
        arguments.addAll(List.of(options));
        var answers = new StringWriter();
        var complaints = new StringWriter();
        var status = CommandLineDoor.commandLine()
                .setOut(new PrintWriter(answers))
                .setErr(new PrintWriter(complaints))
                .execute(arguments.toArray(String[]::new));
        printed = answers.toString();
        complained = complaints.toString();
        return status;
    }
}
