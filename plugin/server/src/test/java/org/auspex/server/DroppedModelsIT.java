package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Good, bad and hostile model folders dropped into a running server, and the writes and answers they must not disturb. */
class DroppedModelsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("--auspex.inference.timeout=PT3S");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aModelIsServedWhenItsFolderComesAndNoLongerWhenItGoes() throws IOException {
        admit("p-drop");
        assertThatThrownBy(() -> predict("p-drop", "mean")).isInstanceOf(ResourceNotFoundException.class);

        DroppedModels.network(server.models(), "mean", "mean.pt");

        assertThat(eventually("p-drop", "mean", answer -> answer instanceof Bundle))
                .isPresent();

        delete(server.models().resolve("mean"));

        assertThat(eventually("p-drop", "mean", answer -> answer instanceof ResourceNotFoundException))
                .isPresent();
    }

    @Test
    void theScoreOfThePageServesWithoutARestart() throws IOException {
        var page = Files.readString(Path.of("../../docs/models/add-a-score.md"));
        var yaml = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("\n```\n", page.indexOf("```yaml\n")));
        admit("p-curb");
        for (var value : List.of(Vitals.measured("p-curb", "9279-1", 32), urea("p-curb"), diastolic("p-curb"))) {
            server.client().create().resource(value).execute();
        }

        DroppedModels.card(server.models(), "curb-65", yaml + "\n");

        assertThat(eventually("p-curb", "curb-65", answer -> answer instanceof Bundle))
                .get()
                .extracting(answer -> ((RiskAssessment) ((Bundle) answer)
                                .getEntry().stream()
                                        .map(Bundle.BundleEntryComponent::getResource)
                                        .filter(RiskAssessment.class::isInstance)
                                        .findFirst()
                                        .orElseThrow())
                        .getPredictionFirstRep()
                        .getRationale())
                .asString()
                .startsWith("curb-65|1.0.0 4: urea 1, respiration 1, bloodPressure 1, age 1");
    }

    /** 40 mg/dL of urea nitrogen are 14.3 mmol/L of urea. */
    private static Observation urea(String patient) {
        var urea = Vitals.measured(patient, "8480-6", 40);
        urea.getCode().getCodingFirstRep().setCode("3094-0");
        urea.getValueQuantity().setCode("mg/dL").setUnit("mg/dL");
        return urea;
    }

    private static Observation diastolic(String patient) {
        var diastolic = Vitals.measured(patient, "8480-6", 55);
        diastolic.getCode().getCodingFirstRep().setCode("8462-4");
        return diastolic;
    }

    @Test
    void swappedWeightsAreAnsweredWith409UntilTheyAreRestored() throws IOException {
        admit("p-swap");
        var folder = DroppedModels.network(server.models(), "swapped", "mean.pt");
        assertThat(eventually("p-swap", "swapped", answer -> answer instanceof Bundle))
                .isPresent();

        DroppedModels.swapWeights(folder, "throws.pt");

        assertThatThrownBy(() -> predict("p-swap", "swapped"))
                .isInstanceOf(ResourceVersionConflictException.class)
                .hasMessageContaining("model.pt");
        assertThat(predict("p-swap", "news2").getEntry()).isNotEmpty();

        DroppedModels.swapWeights(folder, "mean.pt");

        assertThat(eventually("p-swap", "swapped", answer -> answer instanceof Bundle))
                .isPresent();
    }

    @Test
    void aModelThatHangsOrThrowsDisturbsNoWriteAndNoOtherModel() throws IOException {
        DroppedModels.network(server.models(), "hangs", "hangs.pt");
        DroppedModels.network(server.models(), "throws", "throws.pt");
        admit("p-hang");
        assertThat(eventually("p-hang", "hangs", answer -> status(answer) == 504))
                .isPresent();
        assertThat(eventually("p-hang", "throws", answer -> status(answer) == 500))
                .isPresent();

        var begun = Instant.now();
        server.client()
                .create()
                .resource(Vitals.measured("p-hang", "8867-4", 135))
                .execute();
        var written = Duration.between(begun, Instant.now());

        assertThat(written).isLessThan(Duration.ofSeconds(2));
        assertThat(RunningServer.eventually(
                        Duration.ofSeconds(2),
                        () -> server.results("p-hang").stream()
                                .filter(risk -> risk.getPredictionFirstRep()
                                        .getRationale()
                                        .contains("pulse 3"))
                                .findFirst()))
                .as("NEWS2 while another model hangs")
                .isPresent();
    }

    @Test
    void aWrongCardIsAnsweredWithEveryProblemAndTheOthersServeOn() throws IOException {
        admit("p-wrong");

        DroppedModels.card(server.models(), "wrong", """
                model: wrong
                version: 1.0.0
                title: Wrong
                intendedUse: A test.
                licence: {code: Apache-2.0, weights: none}
                subject: Patient
                engine: {kind: scorecard}
                trigger: {on: ["Observation?code=http://loinc.org|1234-5", "RiskAssessment"]}
                inputs:
                  - {name: pulse, from: "Observation?colour=red", value: "value.", unit: mmHg}
                outputs:
                  - {name: wrong, kind: score, code: "http://loinc.org|1234-5", display: Wrong}
                scorecard:
                  source: none
                  items:
                    - {item: pulse, input: puls, points: [{points: 1}]}
                """);

        assertThat(eventually("p-wrong", "wrong", answer -> status(answer) == 409))
                .get()
                .satisfies(answer -> assertThat(((Exception) answer).getMessage())
                        .contains("line 8")
                        .contains("would trigger itself")
                        .contains("no FHIRPath")
                        .contains("colour")
                        .contains("no UCUM unit")
                        .contains("no input is called 'puls'"));
        assertThat(predict("p-wrong", "news2").getEntry()).isNotEmpty();
    }

    /** HAPI itself cannot index the second and answers 500 to its write, so it is asked about as data. */
    @Test
    void aNumberThatNoMeasurementCanBeIsRefused() throws Exception {
        var ask = """
                {"resourceType":"Parameters","parameter":[
                  {"name":"model","valueString":"news2"},
                  {"name":"data","resource":{"resourceType":"Bundle","type":"collection","entry":[
                    {"resource":{"resourceType":"Patient","id":"1","birthDate":"1950-01-01"}},
                    {"resource":{"resourceType":"Observation","id":"2","status":"final","subject":{"reference":"Patient/1"},
                      "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},"effectiveDateTime":"%s",
                      "valueQuantity":{"value":%s,"system":"http://unitsofmeasure.org","code":"/min"}}}]}}]}""";

        var notANumber = post(ask.formatted(Instant.now(), "NaN"));
        var huge = post(ask.formatted(Instant.now(), "1e309"));

        assertThat(notANumber.statusCode()).isEqualTo(400);
        assertThat(huge.statusCode()).isEqualTo(422);
        assertThat(huge.body()).contains("pulse").contains("1E+309 is no possible measurement");
    }

    @Test
    void aWriteByADaoAsksForAPredictionToo() {
        admit("p-dao");

        var observation = Vitals.measured("p-dao", "8867-4", 135);
        server.bean(DaoRegistry.class)
                .getResourceDao(Observation.class)
                .create(observation, new SystemRequestDetails());

        assertThat(RunningServer.eventually(
                        PATIENCE,
                        () -> server.results("p-dao").stream()
                                .filter(risk -> risk.getPredictionFirstRep()
                                        .getRationale()
                                        .contains("pulse 3"))
                                .findFirst()))
                .get()
                .extracting(RiskAssessment::getStatus)
                .isEqualTo(RiskAssessment.RiskAssessmentStatus.PRELIMINARY);
    }

    private static void admit(String patient) {
        var observations = new ArrayList<>(Vitals.allButPulse(patient));
        var pulse = Vitals.measured(patient, "8867-4", 70);
        pulse.setEffective(new org.hl7.fhir.r4.model.DateTimeType(
                java.util.Date.from(Instant.now().minusSeconds(600))));
        observations.add(pulse);
        server.client()
                .transaction()
                .withBundle(Vitals.transaction(Vitals.patient(patient, "1950-01-01"), observations))
                .execute();
    }

    private static Bundle predict(String patient, String model) {
        return server.client()
                .operation()
                .onInstance("Patient/" + patient)
                .named("$predict")
                .withParameters(new Parameters().addParameter("model", model))
                .returnResourceType(Bundle.class)
                .execute();
    }

    /** The answer or the refusal, once it is the one that is waited for. */
    private static Optional<Object> eventually(String patient, String model, Predicate<Object> awaited) {
        return RunningServer.eventually(PATIENCE, () -> {
            Object answer;
            try {
                answer = predict(patient, model);
            } catch (BaseServerResponseException e) {
                answer = e;
            }
            return Optional.of(answer).filter(awaited);
        });
    }

    private static int status(Object answer) {
        return answer instanceof BaseServerResponseException refused ? refused.getStatusCode() : 200;
    }

    private static HttpResponse<String> post(String parameters) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.base() + "/$predict"))
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(parameters))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (var found = Files.walk(folder)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : files) {
            Files.delete(file);
        }
    }
}
