package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.Models;
import org.auspex.kernel.model.ModelId;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a site's own outcomes leave open is fitted by {@code $evaluate} and said in the results that follow. */
class ConformalIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PATIENTS = 200;
    private static final Instant PREDICTED = Instant.parse("2026-01-10T10:00:00Z");
    private static final String DEVICE = "auspex-fast-pulse-1.0.0";
    private static final String CONFORMAL = "https://auspex-fhir.org/fhir/StructureDefinition/conformal-prediction";
    private static final String CARD = """
            model: fast-pulse
            version: 1.0.0
            title: Fast pulse
            intendedUse: A test, not for patients.
            licence: {code: Apache-2.0, weights: none}
            subject: Patient
            engine: {kind: scorecard}
            inputs:
              - {name: pulse, from: "Observation?code=http://loinc.org|8867-4", value: value, unit: /min, range: {low: 20, high: 300}, within: PT24H}
            outputs:
              - {name: stroke, kind: probability, display: Stroke}
            scorecard:
              source: none
              items:
                - {item: pulse, input: pulse, coefficient: 0.05, times: pulse - 100}
              probability: {value: 1 / (1 + exp(-total))}
            """;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        var models = Files.createTempDirectory(Path.of("target"), "models").toAbsolutePath();
        Files.writeString(
                Files.createDirectories(models.resolve("fast-pulse/1.0.0")).resolve("model.yaml"), CARD);
        server = RunningServer.start("--auspex.models.shipped=false", "--auspex.models.path=" + models);
        var patients = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        for (var patient = 0; patient < PATIENTS; patient++) {
            add(patients, patient);
        }
        server.client().transaction().withBundle(patients).execute();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aSiteFitsChecksAndThenHearsWhatIsLeftOpen() throws IOException {
        assertThat(predicted(3, "2026-01-10T10:00:00Z").getExtensionByUrl(CONFORMAL))
                .isNull();

        var answer = evaluated(0.8);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var bundle = FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, answer.body());
        var coverage = ((MeasureReport) bundle.getEntry().get(0).getResource())
                .getGroup().stream()
                        .filter(group -> group.getCode().getText().equals("conformal coverage at 0.8"))
                        .findFirst()
                        .orElseThrow();
        assertThat(coverage.getPopulation().get(1).getCount()).isEqualTo(PATIENTS / 2);
        assertThat(coverage.getMeasureScore().getValue().doubleValue()).isBetween(0.6, 1.0);
        assertThat(coverage.getStratifier())
                .extracting(by -> by.getCodeFirstRep().getText())
                .containsExactly("truth", "sex");

        assertThat(RunningServer.eventually(
                        Duration.ofSeconds(10), () -> Optional.of(device()).filter(ConformalIT::isCalibrated)))
                .isPresent();
        // Which the server finds when it looks at its folders.
        assertThat(RunningServer.eventually(
                        Duration.ofSeconds(10),
                        () -> server.bean(Models.class).calibration(new ModelId("fast-pulse", "1.0.0"))))
                .isPresent();
        var slow = predicted(2, "2026-01-11T10:00:00Z");
        assertThat(answers(slow)).containsExactly("no-event");
        assertThat(slow.getPredictionFirstRep().getRationale()).contains("with 80 % it is not: Stroke");
        assertThat(answers(predicted(5, "2026-01-11T10:00:00Z"))).containsExactly("event");

        aFileOfOtherWeightsIsRefused();
    }

    private void aFileOfOtherWeightsIsRefused() throws IOException {
        Files.writeString(
                Files.createDirectories(server.models().resolveSibling("calibrations"))
                        .resolve("other.json"),
                """
                {"model": "fast-pulse|1.0.0", "weights": "0000", "settings": {}, "output": "stroke", "limits": [0.5, -0.5],
                 "level": 0.99, "fitted": "2030-01-01T00:00:00Z", "source": "elsewhere", "fittedOn": 200, "covered": 99, "checkedOn": 100}
                """);

        var health = RunningServer.eventually(
                Duration.ofSeconds(10), () -> Optional.of(health()).filter(text -> text.contains("other.json")));

        assertThat(health.orElseThrow()).contains("it was fitted with weights 0000");
        assertThat(device().getProperty())
                .noneMatch(property -> property.getValueQuantityFirstRep().hasValue()
                        && property.getValueQuantityFirstRep().getValue().intValue() == 99);
    }

    private static boolean isCalibrated(Device device) {
        return device.getProperty().stream()
                .anyMatch(property ->
                        property.getType().getCodingFirstRep().getCode().equals("conformal-calibration"));
    }

    private static Device device() {
        return server.client().read().resource(Device.class).withId(DEVICE).execute();
    }

    private static String health() {
        return get(URI.create(server.base().replace("/fhir", "/actuator/health")))
                .body();
    }

    private static List<String> answers(RiskAssessment risk) {
        var said = risk.getExtensionByUrl(CONFORMAL);
        assertThat(((BooleanType) said.getExtensionByUrl("tells").getValue()).booleanValue())
                .isTrue();
        return said.getExtensionsByUrl("answer").stream()
                .map(answer -> ((CodeableConcept) answer.getValue())
                        .getCodingFirstRep()
                        .getCode())
                .toList();
    }

    private static RiskAssessment predicted(int patient, String asOf) {
        var parameters =
                new Parameters().addParameter("model", "fast-pulse").addParameter("asOf", new DateTimeType(asOf));
        if (asOf.equals("2026-01-11T10:00:00Z")) {
            server.client()
                    .create()
                    .resource(pulse(patient, Instant.parse(asOf)))
                    .execute();
        }
        var answer = server.client()
                .operation()
                .onInstance("Patient/p-" + patient)
                .named("$predict")
                .withParameters(parameters)
                .returnResourceType(Bundle.class)
                .execute();
        return answer.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(RiskAssessment.class::isInstance)
                .map(RiskAssessment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Slow pulses of even numbers, fast ones of odd; every twentieth is the other way round. */
    private static void add(Bundle patients, int number) {
        var patient = new Patient();
        patient.setGender(
                number % 4 < 2 ? Enumerations.AdministrativeGender.FEMALE : Enumerations.AdministrativeGender.MALE);
        put(patients, "p-" + number, patient);
        put(patients, "pulse-" + number, pulse(number, PREDICTED));
        if (number % 2 == 1 ^ number % 20 == 0) {
            var stroke = new Condition();
            stroke.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("230690007");
            stroke.setSubject(new Reference("Patient/p-" + number));
            stroke.setOnset(new DateTimeType(Date.from(PREDICTED.plus(Duration.ofDays(3)))));
            put(patients, "stroke-" + number, stroke);
        }
    }

    private static Observation pulse(int number, Instant when) {
        var observation = new Observation();
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.getCode().addCoding().setSystem("http://loinc.org").setCode("8867-4");
        observation.setSubject(new Reference("Patient/p-" + number));
        var early = Date.from(when.minus(Duration.ofHours(1)));
        observation.setEffective(new DateTimeType(early)).setIssued(early);
        observation.setValue(new Quantity(number % 2 == 1 ? 120 + number % 7 : 70 + number % 7)
                .setUnit("/min")
                .setSystem("http://unitsofmeasure.org")
                .setCode("/min"));
        return observation;
    }

    private static void put(Bundle bundle, String id, Resource resource) {
        resource.setId(id);
        bundle.addEntry()
                .setResource(resource)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PUT)
                .setUrl(resource.fhirType() + "/" + id);
    }

    private static HttpResponse<String> evaluated(double level) {
        var order = new Parameters()
                .addParameter("query", "Patient?gender=male,female")
                .addParameter("asOf", new DateTimeType("2026-01-10T10:00:00Z"))
                .addParameter("outcome", "Condition?code=http://snomed.info/sct|230690007")
                .addParameter("window", "P30D")
                .addParameter("subgroup", new CodeType("sex"))
                .addParameter("conformal", new DecimalType(level));
        var body = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(order);
        var accepted = send(HttpRequest.newBuilder(URI.create(server.base() + "/Device/" + DEVICE + "/$evaluate"))
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        var status =
                URI.create(accepted.headers().firstValue("Content-Location").orElseThrow());
        return RunningServer.eventually(
                        PATIENCE, () -> Optional.of(get(status)).filter(answer -> answer.statusCode() != 202))
                .orElseThrow();
    }

    private static HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address).header("Accept", "application/fhir+json, application/json"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
