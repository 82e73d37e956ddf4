package org.auspex.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report on what documents name, at the command line. */
class FactsCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private String printed = "";
    private String complained = "";

    @Test
    void saysOfEachFactWhatItBecomes() throws IOException {
        var file = write(
                document("a", "既往史：高血压。辅助检查：葡萄糖 5.5mmol/L，血钾 41mmol/L。"), document("b", "IMPRESSION\nNo pneumonia."));

        assertThat(facts(file.toString())).isZero();

        var lines = lines();
        assertThat(lines)
                .extracting(line ->
                        "%s %s %s".formatted(text(line, "document"), text(line, "words"), text(line, "outcome")))
                .containsExactly(
                        "DocumentReference/a 高血压 written",
                        "DocumentReference/a 葡萄糖 written",
                        "DocumentReference/a 血钾 implausible",
                        "DocumentReference/b pneumonia written");
        var glucose = lines.get(1);
        assertThat(text(glucose, "value")).isEqualTo("5.5mmol/L");
        assertThat(glucose.path("converted").get(0).asDouble()).isEqualTo(99.088);
        assertThat(text(glucose, "convertedUnit")).isEqualTo("mg/dL");
        assertThat(glucose.path("codes").get(0).asText()).isEqualTo("http://loinc.org|2345-7");
        assertThat(text(lines.get(2), "reason")).isEqualTo("41 mmol/L is outside of 1 to 12 mmol/L");
        assertThat(text(lines.get(3), "assertion")).isEqualTo("negated");
        assertThat(complained).contains("{\"implausible\":1,\"written\":3}");
    }

    @Test
    void saysWhichLinesAndDocumentsItCannotRead() throws IOException {
        var file = write("no JSON", document("empty", ""));

        assertThat(facts(file.toString())).isEqualTo(3);

        assertThat(lines()).extracting(line -> text(line, "outcome")).containsOnly("unreadable");
        assertThat(text(lines().get(0), "document")).isEqualTo("line 1");
        assertThat(text(lines().get(1), "reason")).contains("DocumentReference/empty is not read: EMPTY");
    }

    @Test
    void refusesAModelOfSomethingElseAndAFileThatIsNotThere() throws IOException {
        assertThat(facts(write(document("a", "咳嗽")).toString(), "--model", "news2"))
                .isEqualTo(1);
        assertThat(complained).contains("does not write down facts; name a model with engine: {kind: facts}");
        assertThat(facts(folder.resolve("nowhere.ndjson").toString())).isEqualTo(1);
        assertThat(complained).contains("is not there; name a file with one DocumentReference on each line");
    }

    private int facts(String... arguments) {
        var all = new ArrayList<>(List.of("facts"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("home").toString()));
        var out = new StringWriter();
        var err = new StringWriter();
        var status = CommandLineDoor.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        printed = out.toString();
        complained = err.toString();
        return status;
    }

    private List<JsonNode> lines() throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (var line : printed.lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static String text(JsonNode line, String name) {
        return line.path(name).asText();
    }

    private Path write(String... lines) throws IOException {
        return Files.write(folder.resolve("documents.ndjson"), List.of(lines));
    }

    private static String document(String id, String text) {
        var document = new DocumentReference();
        document.setId(id);
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.setDateElement(
                new org.hl7.fhir.r4.model.InstantType(new DateTimeType("2026-01-15T08:00:00Z").getValue()));
        document.addContent()
                .getAttachment()
                .setContentType("text/plain; charset=utf-8")
                .setData(text.getBytes(StandardCharsets.UTF_8));
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(document);
    }
}
