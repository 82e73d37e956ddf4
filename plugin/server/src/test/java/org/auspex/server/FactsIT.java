package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.ListResource.ListEntryComponent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Stored notes become stored facts, each with its words, and a report of what became of everything that they name. */
class FactsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STANDARDISATION = "https://auspex-fhir.org/fhir/StructureDefinition/standardisation";
    private static final String HOUSE = "https://hospital.example.org/CodeSystem/diagnoses";
    private static final String HISTORY_AND_PHYSICAL = "34117-2";

    private static final String NOTE = """
            主诉：胸痛2天。
            现病史：患者2天前出现胸痛，无发热，考虑肺炎可能。
            既往史：高血压10年，2型糖尿病。
            家族史：父亲有冠心病。
            体格检查：T 38.5℃，P 96次/分，BP 145/90mmHg。
            辅助检查：葡萄糖 5.5mmol/L，肌酐 98g/L，血钾 41mmol/L，血红蛋白 132，钙 2.2mmol/L。
            初步诊断：1.不稳定型心绞痛 2.嗜铬细胞瘤
            诊疗计划：完善胸部CT。
            """;

    private static final String RASH = "主诉：发热2天，口腔疱疹1天。现病史：患儿2天前发热，手、足出现红疹，口腔有疱疹，流口水，无咳嗽。";

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init")
    private static FiledNotes notes;

    @SuppressWarnings("NullAway.Init")
    private static HttpServer elsewhere;

    @BeforeAll
    static void start() throws IOException {
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/notes/1", exchange -> {
            var note = RASH.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, note.length);
            exchange.getResponseBody().write(note);
            exchange.close();
        });
        elsewhere.start();
        server = RunningServer.start(
                "--auspex.documents.sources.archive.url=" + at("/notes"),
                "--auspex.reading.words.house.url=" + HOUSE,
                "--auspex.reading.words.house.kind=problem",
                "--auspex.reading.rescan=PT0S");
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
        elsewhere.stop(0);
    }

    @Test
    void storesWhatANoteStatesWithItsWordsAndWithdrawsItWithTheNote() {
        var patient = patient();
        var document = notes.store(note(patient, FiledNotes.text(NOTE)));

        var list = theList(patient);
        var conditions = found(Condition.class, patient);
        var observations = found(Observation.class, patient);

        assertThat(conditions)
                .extracting(FactsIT::brief)
                .containsExactlyInAnyOrder(
                        "胸痛 unconfirmed active",
                        "发热 refuted ",
                        "高血压 unconfirmed inactive",
                        "2型糖尿病 unconfirmed inactive",
                        "不稳定型心绞痛 unconfirmed active");
        assertThat(observations)
                .extracting(FactsIT::brief)
                .containsExactlyInAnyOrder(
                        "8310-5 38.5 Cel", "8867-4 96 /min", "85354-9 145 mm[Hg] 90 mm[Hg]", "2345-7 99.088 mg/dL");
        assertThat(flags(list))
                .contains(
                        "肺炎 uncertain",
                        "冠心病 family",
                        "胸部CT planned",
                        "肌酐: 98g/L implausible",
                        "血钾: 41mmol/L implausible",
                        "血红蛋白: 132 without-unit",
                        "钙 2.2mmol/L unknown-term",
                        "嗜铬细胞瘤 unknown-term");
        assertThat(list.getEntry().stream()
                        .filter(entry -> entry.getItem().hasReference())
                        .map(entry -> entry.getItem().getReference())
                        .distinct())
                .hasSize(conditions.size() + observations.size());
        assertThat(converted(list)).isEqualTo("葡萄糖 glucose 2345-7: 5.5mmol/L mmol/L -> 99.088 mg/dL");
        var all = all(patient);
        assertThat(all).allSatisfy(resource -> {
            assertThat(resource.getMeta().getSecurityFirstRep().getCode()).isEqualTo("AIAST");
            assertThat(resource.getMeta().getTagFirstRep().getCode()).isEqualTo("current");
        });
        var traced = new TracedSummary(server, "");
        conditions.forEach(condition -> {
            assertThat(condition.getEvidenceFirstRep().getDetailFirstRep().getReference())
                    .isEqualTo(document + "/_history/1");
            assertThat(condition.hasCategory()).isFalse();
            assertThat(spans(condition))
                    .isNotEmpty()
                    .allSatisfy(span -> assertThat(traced.quoted(span))
                            .isEqualTo(condition.getCode().getText()));
        });
        observations.forEach(observation -> {
            assertThat(observation.getStatus()).isEqualTo(Observation.ObservationStatus.PRELIMINARY);
            assertThat(observation.getDerivedFromFirstRep().getReference()).isEqualTo(document + "/_history/1");
            assertThat(spans(observation)).hasSize(1);
        });
        var provenance = found(Provenance.class, "target=" + reference(list)).get(0);
        assertThat(provenance.getTarget()).hasSize(all.size());
        assertThat(provenance.getEntityFirstRep().getWhat().getReference()).isEqualTo(document + "/_history/1");

        confirm(conditions.get(0));
        change(document, note -> note.setStatus(DocumentReferenceStatus.ENTEREDINERROR));

        assertThat(eventually(
                        () -> theLists(patient),
                        lists -> lists.get(0).getStatus() == ListResource.ListStatus.ENTEREDINERROR))
                .hasSize(1);
        assertThat(found(Observation.class, patient))
                .allMatch(observation -> observation.getStatus() == Observation.ObservationStatus.ENTEREDINERROR);
        assertThat(found(Condition.class, patient))
                .extracting(condition ->
                        condition.getVerificationStatus().getCodingFirstRep().getCode())
                .containsExactlyInAnyOrder(
                        "confirmed", "entered-in-error", "entered-in-error", "entered-in-error", "entered-in-error");
        assertThat(found(Task.class, "focus=" + reference(conditions.get(0)))).hasSize(1);
    }

    @Test
    void storesTheFactsOfAVersionOnceWhoeverAsks() {
        var patient = patient();
        var document =
                notes.store(note(patient, FiledNotes.text("CHIEF COMPLAINT\nChest pain.\nVITAL SIGNS\nTemp 101 °F.")));
        var list = theList(patient);

        var answer = predict(document, "note-facts", true);
        change(document, note -> note.setDescription("The same note, described"));
        var changed = theLists(patient);

        assertThat(list.getMeta().getTag()).isNotEmpty();
        assertThat(only(ListResource.class, answer).getIdElement().getIdPart())
                .isEqualTo(list.getIdElement().getIdPart());
        assertThat(only(Observation.class, answer).getValueQuantity().getValue().doubleValue())
                .isCloseTo(38.3333, within(0.001));
        assertThat(changed).hasSize(1);
        assertThat(found(Condition.class, patient)).hasSize(1);
    }

    @Test
    void answersWithoutStoringWhatIsNotKept() {
        var patient = patient();
        var letter = note(patient, FiledNotes.text("IMPRESSION\nPneumonia.\n"));
        letter.setType(null);
        var document = notes.store(letter);

        var answer = predict(document, "note-facts", false);

        var condition = only(Condition.class, answer);
        assertThat(condition.getCode().getCodingFirstRep().getCode()).isEqualTo("J18.9");
        assertThat(only(ListResource.class, answer).getEntryFirstRep().getItem().getReference())
                .contains(condition.getIdElement().getIdPart());
        assertThat(all(patient)).isEmpty();
    }

    @Test
    void replacesTheFactsOfANoteThatIsCorrected() {
        var patient = patient();
        var document = notes.store(note(patient, FiledNotes.text("IMPRESSION\nPneumonia.\n")));
        theList(patient);

        change(document, note -> note.getContentFirstRep().setAttachment(FiledNotes.text("IMPRESSION\nAsthma.\n")));

        var expected = Set.of("Pneumonia entered-in-error ", "Asthma unconfirmed active");
        assertThat(eventually(
                        () -> found(Condition.class, patient).stream()
                                .map(FactsIT::brief)
                                .collect(Collectors.toSet()),
                        expected::equals))
                .isEqualTo(expected);
    }

    @Test
    void keepsWhatAMachineReadFromBeingEvidenceUnlessACardSaysSo() throws IOException {
        for (var evidence : List.of("exclude", "include")) {
            DroppedModels.card(server.models(), "warm-" + evidence, """
                    model: warm-%s
                    version: 1.0.0
                    title: Warm
                    intendedUse: A test, not for patients.
                    licence: {code: Apache-2.0, weights: none}
                    subject: Patient
                    engine: {kind: scorecard}
                    inputs:
                      - {name: temperature, from: "Observation?code=http://loinc.org|8310-5", value: value, unit: Cel, aiEvidence: %s}
                    outputs:
                      - {name: points, kind: score, display: Points, code: "http://example.org|warm"}
                    scorecard:
                      source: a test
                      items:
                        - {item: temperature, input: temperature, points: [{to: 38, points: 0}, {points: 1}]}
                    """.formatted(evidence, evidence));
        }
        var patient = patient();
        notes.store(note(patient, FiledNotes.text("VITAL SIGNS\nTemp 38.5 °C.\n")));
        theList(patient);
        eventually(() -> isServed("warm-exclude", patient) && isServed("warm-include", patient), served -> served);

        assertThatThrownBy(() -> predict(patient, "warm-exclude", true))
                .isInstanceOf(UnprocessableEntityException.class)
                .hasMessageContaining("no usable value in the record");
        assertThat(only(Observation.class, predict(patient, "warm-include", true))
                        .getValueQuantity()
                        .getValue()
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void writesNothingOfANoteAboutSomebodyElse() {
        var patient = notes.patient("周建国", AdministrativeGender.MALE, "1963-05-04");
        var document = notes.store(note(patient, FiledNotes.text("姓名：李红\n性别：女\n" + NOTE)));

        assertThatThrownBy(() -> predict(document, "note-facts", true))
                .isInstanceOf(UnprocessableEntityException.class)
                .hasMessageContaining("ANOTHER_PATIENT")
                .hasMessageContaining("File the note under its patient");
        assertThat(all(patient)).isEmpty();
    }

    @Test
    void readsNotesOfOtherServersAndBinariesAsFacts() {
        var child = notes.patient(
                "Kind",
                AdministrativeGender.MALE,
                Instant.now().minus(900, ChronoUnit.DAYS).toString().substring(0, 10));
        var binary =
                new Binary().setContentType("text/plain; charset=utf-8").setData(RASH.getBytes(StandardCharsets.UTF_8));

        for (var url : List.of(at("/notes/1"), notes.store(binary))) {
            var document = notes.store(
                    note(child, new Attachment().setContentType("text/plain").setUrl(url)));

            assertThat(predict(document, "diagnosis-zh", true).getEntry()).isNotEmpty();
        }
        var unlisted = notes.store(
                note(child, new Attachment().setContentType("text/plain").setUrl(at("/other/1"))));
        assertThatThrownBy(() -> predict(unlisted, "diagnosis-zh", true))
                .isInstanceOf(UnprocessableEntityException.class)
                .hasMessageContaining("is not listed. Send it inline, or list it as auspex.documents.sources.NAME.url");
    }

    @Test
    void letsAClinicianDeleteTheNoteAndAFactOfIt() {
        var patient = patient();
        var document = notes.store(note(patient, FiledNotes.text("IMPRESSION\nPneumonia.\n")));
        theList(patient);
        var condition = found(Condition.class, patient).get(0);

        server.client().delete().resourceById(new IdType(reference(condition))).execute();
        server.client().delete().resourceById(new IdType(document)).execute();

        assertThat(eventually(
                        () -> theLists(patient),
                        lists -> lists.get(0).getStatus() == ListResource.ListStatus.ENTEREDINERROR))
                .hasSize(1);
    }

    @Test
    void readsByTheWordsOfTheSiteToo() {
        var house = new CodeSystem()
                .setUrl(HOUSE)
                .setStatus(PublicationStatus.ACTIVE)
                .setContent(CodeSystem.CodeSystemContentMode.COMPLETE);
        house.addConcept()
                .setCode("TTS")
                .setDisplay("Takotsubo syndrome")
                .addDesignation()
                .setValue("章鱼壶心肌病");
        server.client().create().resource(house).execute();
        for (var note : List.of("Assessment\nTakotsubo syndrome.\n", "初步诊断：章鱼壶心肌病。")) {
            var patient = patient();
            notes.store(note(patient, FiledNotes.text(note)));
            theList(patient);
            assertThat(found(Condition.class, patient))
                    .singleElement()
                    .satisfies(condition -> assertThat(condition.getCode().getCoding())
                            .extracting(Coding::getSystem, Coding::getCode)
                            .contains(tuple(HOUSE, "TTS")));
        }
    }

    @Test
    void publishesTheExtensionsAndCodes() {
        assertThat(server.search("StructureDefinition?url=" + STANDARDISATION))
                .singleElement()
                .isInstanceOf(StructureDefinition.class);
        assertThat(server.search("CodeSystem?url=https://auspex-fhir.org/fhir/CodeSystem/standardisation"))
                .hasSize(1);
    }

    private static String patient() {
        return notes.patient("Ada Example", AdministrativeGender.FEMALE, "1950-01-01");
    }

    private static DocumentReference note(String patient, Attachment attachment) {
        var note = FiledNotes.note(patient, "", attachment);
        note.setDate(new Date());
        note.getType().addCoding().setSystem("http://loinc.org").setCode(HISTORY_AND_PHYSICAL);
        return note;
    }

    private static void change(String document, Consumer<DocumentReference> change) {
        var stored = server.client()
                .read()
                .resource(DocumentReference.class)
                .withUrl(document)
                .execute();
        change.accept(stored);
        server.client().update().resource(stored).execute();
    }

    private static void confirm(Condition condition) {
        condition.getVerificationStatus().getCodingFirstRep().setCode("confirmed");
        server.client().update().resource(condition).execute();
    }

    private static Bundle predict(String subject, String model, boolean persist) {
        var parameters = new Parameters()
                .addParameter("model", new StringType(model))
                .addParameter("persist", new BooleanType(persist));
        return server.client()
                .operation()
                .onInstance(new IdType(subject))
                .named("$predict")
                .withParameters(parameters)
                .returnResourceType(Bundle.class)
                .execute();
    }

    private static boolean isServed(String model, String patient) {
        try {
            predict(patient, model, false);
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        } catch (UnprocessableEntityException e) {
            return true;
        }
    }

    private static <T> T only(Class<T> type, Bundle answer) {
        var found = answer.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static <T> T eventually(Supplier<T> question, Predicate<T> answer) {
        return RunningServer.eventually(
                        PATIENCE, () -> Optional.of(question.get()).filter(answer))
                .orElseThrow();
    }

    private static ListResource theList(String patient) {
        return eventually(() -> theLists(patient), lists -> !lists.isEmpty()).get(0);
    }

    private static List<ListResource> theLists(String patient) {
        return found(ListResource.class, patient);
    }

    private static List<DomainResource> all(String patient) {
        return Stream.of(ListResource.class, Condition.class, Observation.class)
                .<DomainResource>flatMap(type -> found(type, patient).stream())
                .toList();
    }

    /** @param about a patient, or criteria */
    private static <T extends Resource> List<T> found(Class<T> type, String about) {
        var name = type == ListResource.class ? "List" : type.getSimpleName();
        var criteria = about.contains("=") ? about : "patient=" + about;
        return server.search("%s?_count=100&%s".formatted(name, criteria)).stream()
                .map(type::cast)
                .toList();
    }

    private static String reference(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }

    private static List<Extension> spans(DomainResource resource) {
        return resource.getExtensionsByUrl(TracedSummary.SOURCE_SPAN);
    }

    private static String brief(Condition condition) {
        return "%s %s %s"
                .formatted(
                        condition.getCode().getText(),
                        condition.getVerificationStatus().getCodingFirstRep().getCode(),
                        Optional.ofNullable(condition
                                        .getClinicalStatus()
                                        .getCodingFirstRep()
                                        .getCode())
                                .orElse(""));
    }

    private static String brief(Observation observation) {
        var values = observation.hasValue()
                ? brief(observation.getValueQuantity())
                : observation.getComponent().stream()
                        .map(component -> brief(component.getValueQuantity()))
                        .collect(Collectors.joining(" "));
        return observation.getCode().getCodingFirstRep().getCode() + " " + values;
    }

    private static String brief(Quantity quantity) {
        return quantity.getValue().toPlainString() + " " + quantity.getCode();
    }

    private static List<String> flags(ListResource list) {
        return list.getEntry().stream()
                .map(entry -> "%s %s"
                        .formatted(
                                entry.getItem().getDisplay(),
                                entry.getFlag().getCodingFirstRep().getCode()))
                .toList();
    }

    /** The entry of the one converted value of the note. */
    private static String converted(ListResource list) {
        var extension = list.getEntry().stream()
                .filter(entry -> entry.getItem().getDisplay().startsWith("葡萄糖"))
                .map(FactsIT::standardised)
                .findFirst()
                .orElseThrow();
        var quantity = (Quantity) extension.getExtensionByUrl("converted").getValue();
        return "%s %s %s: %s %s -> %s"
                .formatted(
                        part(extension, "words"),
                        part(extension, "concept"),
                        ((Coding) extension.getExtensionByUrl("code").getValue()).getCode(),
                        part(extension, "value"),
                        part(extension, "unit"),
                        brief(quantity));
    }

    private static Extension standardised(ListEntryComponent entry) {
        return entry.getExtensionByUrl(STANDARDISATION);
    }

    private static String part(Extension extension, String name) {
        return extension.getExtensionByUrl(name).getValue().primitiveValue();
    }

    private static String at(String path) {
        return "http://localhost:%d%s".formatted(elsewhere.getAddress().getPort(), path);
    }
}
