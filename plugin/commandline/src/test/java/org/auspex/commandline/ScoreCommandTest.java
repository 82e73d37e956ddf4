package org.auspex.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bulk export at the command line. */
class ScoreCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PULSE = "Observation?code=http://loinc.org|8867-4";
    private static final String THREE = "[{to: 1, points: 1}, {to: 2, points: 2}, {points: 3}]";
    private static final String AS_OF = "2026-03-01T12:00:00Z";

    @TempDir
    private Path folder;

    private Path export = Path.of("");
    private Path out = Path.of("");
    private String printed = "";
    private String complained = "";

    @BeforeEach
    void aModelAndAnExport() throws IOException {
        export = Files.createDirectories(folder.resolve("export"));
        out = folder.resolve("out");
        card("count-pulse", PULSE, ", value: value, take: count", THREE);
        card("fast-pulse", PULSE, ", value: value, unit: /min", "[{to: 100, points: 0}, {points: 1}]");
        write("Patient.ndjson", patient("a", ""), patient("b", ""), patient("c", ""));
        write("Observation.1.ndjson", pulse("1", "Patient/b", 120), pulse("2", "Patient/a", 60));
        write("Observation.2.ndjson", pulse("3", "http://elsewhere/fhir/Patient/b", 120));
    }

    @Test
    void everySubjectHasAResultOrAnAbstentionWhateverTheOrderOfTheLines() throws IOException {
        assertThat(score("fast-pulse")).isZero();

        assertThat(lines("RiskAssessment"))
                .extracting(risk -> risk.at("/subject/reference").asText())
                .containsExactlyInAnyOrder("Patient/a", "Patient/b");
        assertThat(lines("Observation"))
                .extracting(score -> score.at("/valueQuantity/value").asInt())
                .containsExactlyInAnyOrder(0, 1);
        assertThat(lines("abstentions")).singleElement().satisfies(line -> {
            assertThat(line.path("subject").asText()).isEqualTo("Patient/c");
            assertThat(line.path("reasons").get(0).asText()).startsWith("pulse: ");
        });
        assertThat(lines("Device")).hasSize(1);
        var report = JSON.readTree(printed);
        assertThat(report.at("/written/RiskAssessment").asInt()).isEqualTo(2);
        assertThat(report.path("parts").asInt()).isEqualTo(1);
        assertThat(out.resolve("parts")).doesNotExist();
    }

    @Test
    void resultsReferToTheirEvidenceByVersionAndToOneAnotherByIds() throws IOException {
        score("count-pulse");
        var first = lines("RiskAssessment");
        out = folder.resolve("again");
        score("count-pulse");

        assertThat(lines("RiskAssessment"))
                .extracting(risk -> risk.path("id"))
                .containsExactlyElementsOf(
                        first.stream().map(risk -> risk.path("id")).toList());
        var risk = first.stream()
                .filter(one -> one.at("/subject/reference").asText().equals("Patient/a"))
                .findFirst()
                .orElseThrow();
        assertThat(risk.at("/basis").findValuesAsText("reference")).contains("Observation/2/_history/3");
        assertThat(risk.at("/meta/security/0/code").asText()).isEqualTo("AIAST");
        assertThat(lines("Provenance"))
                .anySatisfy(provenance -> assertThat(provenance.path("target").findValuesAsText("reference"))
                        .contains("RiskAssessment/" + risk.path("id").asText()));
    }

    @Test
    void mergedPatientsCountAsOneAndMedicinesAreFoundByReference() throws IOException {
        card(
                "aspirin",
                "MedicationStatement?code=http://www.nlm.nih.gov/research/umls/rxnorm|1191",
                ", take: exists",
                "{\"no\": 0, \"yes\": 1}");
        write(
                "Patient.ndjson",
                patient("a", ",\"link\":[{\"other\":{\"reference\":\"Patient/b\"},\"type\":\"replaces\"}]"),
                patient("b", ",\"link\":[{\"other\":{\"reference\":\"Patient/a\"},\"type\":\"replaced-by\"}]"));
        write("Medication.ndjson", """
                {"resourceType":"Medication","id":"m","code":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"1191"}]}}""");
        write("MedicationStatement.ndjson", """
                {"resourceType":"MedicationStatement","id":"s","status":"active","subject":{"reference":"Patient/b"},\
                "effectiveDateTime":"2026-02-01T12:00:00Z","medicationReference":{"reference":"Medication/m"}}""");

        assertThat(score("count-pulse", "aspirin")).isZero();

        assertThat(lines("Observation"))
                .extracting(score -> score.at("/subject/reference").asText() + " "
                        + score.at("/valueQuantity/value").asInt())
                .containsExactlyInAnyOrder("Patient/a 3", "Patient/a 1");
        assertThat(lines("abstentions"))
                .allSatisfy(
                        line -> assertThat(line.path("reasons").get(0).asText()).contains("merged into Patient/a"));
    }

    @Test
    void aLineThatCannotBeUsedIsReportedAndTheOthersAreScored() throws IOException {
        gzipped(
                "Observation.3.ndjson.gz",
                "{\"resourceType\":\"Observation\",",
                "{\"resourceType\":\"Patient\",\"id\":\"d\"}",
                "{\"resourceType\":\"Observation\",\"id\":\"4\",\"status\":\"final\",\"code\":{\"text\":\"nobody's\"}}",
                "",
                "[1]",
                pulse("5", "Patient/c", 70).replace("\"final\"", "\"finalish\""),
                pulse("6", "Patient/c", 70));
        write("Claim.ndjson", "{\"resourceType\":\"Claim\"}");

        assertThat(score("count-pulse")).isEqualTo(3);

        assertThat(lines("RiskAssessment")).hasSize(3);
        assertThat(lines("problems"))
                .extracting(line -> line.path("problem").asText())
                .anySatisfy(text -> assertThat(text).startsWith("Observation.3.ndjson.gz line 1 is no JSON"))
                .anySatisfy(text -> assertThat(text).contains("line 2 is a 'Patient' in a file of type Observation"))
                .anySatisfy(text -> assertThat(text).contains("line 5 is no JSON object"));
        var report = JSON.readTree(printed);
        assertThat(report.path("aboutNobody").asInt()).isEqualTo(1);
        assertThat(report.path("passedOver").get(0).asText()).isEqualTo("Claim");
    }

    @Test
    void whatCannotBeScoredIsRefusedWithTheRemedy() throws IOException {
        card("searched", PULSE + "&status=final", ", value: value, take: count", THREE);
        assertThat(score("searched")).isEqualTo(1);
        assertThat(complained).contains("searched|1.0.0").contains("only a server's search parameters");

        Files.createDirectories(out);
        Files.writeString(out.resolve("mine.txt"), "do not touch");
        assertThat(score("count-pulse")).isEqualTo(1);
        assertThat(complained).contains("is not empty");

        Files.delete(export.resolve("Patient.ndjson"));
        assertThat(score("count-pulse")).isEqualTo(1);
        assertThat(complained).contains("holds no Patient.ndjson");
        assertThat(score("no-such-model")).isEqualTo(1);
        assertThat(complained).contains("no-such-model");
    }

    @Test
    void everyFactOfANoteHasAnIdThatTheListRefersTo() throws IOException {
        write("DocumentReference.ndjson", """
                {"resourceType":"DocumentReference","id":"d","status":"current","subject":{"reference":"Patient/a"},\
                "date":"2026-03-01T10:00:00Z","content":[{"attachment":{"contentType":"text/plain","data":"%s"}}]}""".formatted(Base64.getEncoder()
                .encodeToString("Pneumonia. Asthma. Temp 38.5 °C.".getBytes(StandardCharsets.UTF_8))));

        assertThat(score("note-facts")).isZero();

        var written = new ArrayList<String>();
        for (var type : List.of("Condition", "Observation")) {
            lines(type).forEach(line -> written.add(type + "/" + line.path("id").asText()));
        }
        var entries = new ArrayList<String>();
        lines("List")
                .get(0)
                .path("entry")
                .forEach(entry -> entries.add(entry.at("/item/reference").asText()));
        assertThat(written).hasSize(3).doesNotHaveDuplicates();
        assertThat(entries).containsExactlyInAnyOrderElementsOf(written);
    }

    private int score(String... models) {
        var arguments = new ArrayList<>(List.of("score"));
        arguments.addAll(List.of(models));
        arguments.addAll(List.of("--ndjson", export.toString(), "--out", out.toString(), "--as-of", AS_OF));
        arguments.addAll(List.of("--home", folder.toString()));
        var output = new StringWriter();
        var errors = new StringWriter();
        var status = CommandLineDoor.commandLine()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments.toArray(String[]::new));
        printed = output.toString();
        complained = errors.toString();
        return status;
    }

    private List<JsonNode> lines(String file) throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(out.resolve(file + ".ndjson"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private void write(String file, String... lines) throws IOException {
        Files.write(export.resolve(file), List.of(lines));
    }

    private void gzipped(String file, String... lines) throws IOException {
        try (var zip = new GZIPOutputStream(Files.newOutputStream(export.resolve(file)))) {
            zip.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String patient(String id, String more) {
        return "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"birthDate\":\"1950-01-01\"%s}".formatted(id, more);
    }

    private static String pulse(String id, String subject, int value) {
        return """
                {"resourceType":"Observation","id":"%s","meta":{"versionId":"3"},"status":"final",\
                "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},"subject":{"reference":"%s"},\
                "effectiveDateTime":"2026-03-01T10:00:00Z",\
                "valueQuantity":{"value":%d,"system":"http://unitsofmeasure.org","code":"/min"}}""".formatted(id, subject, value);
    }

    /** A score of one item. */
    private void card(String name, String from, String input, String points) throws IOException {
        var model =
                Files.createDirectories(folder.resolve("models").resolve(name).resolve("1.0.0"));
        Files.writeString(model.resolve("model.yaml"), """
                model: %s
                version: 1.0.0
                title: Counting
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: none}
                subject: Patient
                engine: {kind: scorecard}
                inputs:
                  - {name: pulse, from: "%s"%s}
                outputs:
                  - {name: count, kind: score, code: "http://example.org|count", display: Count}
                scorecard:
                  source: none
                  items:
                    - {item: pulse, input: pulse, points: %s}
                """.formatted(name, from, input, points));
    }
}
