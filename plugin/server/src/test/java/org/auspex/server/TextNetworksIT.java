package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.ListResource.ListEntryComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that read text, named by settings: what one finds in notes, and the order of passages by the other. */
class TextNetworksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String NOTE = """
            HISTORY OF PRESENT ILLNESS
            She has chest pain and denies snoring.
            MEDICATIONS
            She takes aspirin.
            """;

    private static final String PASSAGE = """
            Asthma

            Signs of asthma
            Wheezing, coughing and shortness of breath are common. They come and go.
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init")
    private static FiledNotes notes;

    @BeforeAll
    static void start() throws IOException {
        var models = folder.resolve("models");
        for (var name : List.of("note-entities", "passage-embedding")) {
            copy(
                    Path.of("../../testdata/models").resolve(name).resolve("1.0.0"),
                    models.resolve(name).resolve("1.0.0"));
        }
        var knowledge = Files.createDirectories(folder.resolve("knowledge"));
        Files.writeString(knowledge.resolve("asthma.txt"), PASSAGE);
        server = RunningServer.start(
                "--auspex.models.path=" + models,
                "--auspex.reading.recogniser=note-entities",
                "--auspex.consult.knowledge=" + knowledge,
                "--auspex.consult.embedding=passage-embedding|1.0.0",
                "--auspex.consult.rescan=PT1S");
        notes = new FiledNotes(server);
        server.client()
                .operation()
                .onInstance(new IdType("Device/auspex-note-facts-1.0.0"))
                .named("$rollout")
                .withParameters(new Parameters().addParameter("stage", new CodeType("active")))
                .execute();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void reportsWhatANetworkFindsInANoteAndWritesOnlyWhatHasACode() {
        var patient = notes.patient("Ann", AdministrativeGender.FEMALE, "1960-01-01");
        var note = FiledNotes.note(patient, "", FiledNotes.text(NOTE));
        note.getType().addCoding().setSystem("http://loinc.org").setCode("34117-2");
        note.setDate(new Date());
        notes.store(note);

        var list = RunningServer.eventually(
                        PATIENCE,
                        () -> server.search("List?subject=" + patient).stream()
                                .map(ListResource.class::cast)
                                .findFirst())
                .orElseThrow(() -> new AssertionError("Tasks: " + server.search("Task?status=failed")));

        assertThat(list.getEntry())
                .extracting(TextNetworksIT::brief)
                .contains(
                        "chest pain written",
                        "snoring unknown-term no vocabulary has 'snoring'; a network reads it as a finding that is negated");
        assertThat(server.search("Condition?subject=" + patient))
                .extracting(condition -> ((Condition) condition).getCode().getText())
                .containsExactly("chest pain");
    }

    @Test
    void asksTheOtherForTheOrderOfPassages() throws Exception {
        var patient = notes.patient("Bea", AdministrativeGender.FEMALE, "1961-01-01");

        var said = RunningServer.eventually(
                PATIENCE,
                () -> Stream.of(asked(patient, "What are the signs of asthma?"))
                        .filter(answer -> quotes(answer, "Wheezing, coughing and shortness of breath are common."))
                        .findFirst());

        assertThat(said).isPresent();
        assertThat(metrics())
                .containsPattern("auspex_inference_queue_seconds_count\\{[^}]*model=\"passage-embedding\"[^}]*} [1-9]");
    }

    private static boolean quotes(Communication answer, String words) {
        return answer.getPayload().stream()
                .map(payload -> payload.getContentStringType().getValue())
                .anyMatch(text -> text.contains(words));
    }

    private static String metrics() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.base().replace("/fhir", "/actuator/prometheus")))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static Communication asked(String patient, String question) {
        return server
                .client()
                .operation()
                .onInstance(new IdType(patient))
                .named("$consult")
                .withParameter(Parameters.class, "question", new StringType(question))
                .returnResourceType(Bundle.class)
                .execute()
                .getEntry()
                .stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Communication.class::isInstance)
                .map(Communication.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static String brief(ListEntryComponent entry) {
        var flag = entry.getFlag();
        var code = flag.getCodingFirstRep().getCode();
        return "%s %s%s"
                .formatted(entry.getItem().getDisplay(), code, code.equals("written") ? "" : " " + flag.getText());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (var file : List.of("model.yaml", "model.pt", "tokenizer.json", "README.md")) {
            Files.copy(from.resolve(file), to.resolve(file));
        }
    }
}
