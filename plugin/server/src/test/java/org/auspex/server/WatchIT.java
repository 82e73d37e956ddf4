package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.Models;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.watch.Count;
import org.auspex.kernel.watch.Tallies;
import org.auspex.store.JpaStore;
import org.auspex.store.ModelWatch;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server counts what its models answer, tells it as metrics and on the model's Device, and tells nothing of anybody. */
class WatchIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PATIENTS = 60;
    private static final ModelId MODEL = new ModelId("fast-pulse", "1.0.0");
    private static final String WATCHED = "Observation?_count=200&subject=Device/auspex-fast-pulse-1.0.0";
    private static final ModelWatch.Terms TERMS =
            new ModelWatch.Terms(Duration.ofSeconds(4), Duration.ofHours(1), Duration.ofHours(2));
    private static final String CARD = """
            model: fast-pulse
            version: 1.0.0
            title: Fast pulse
            intendedUse: A test, not for patients.
            licence: {code: Apache-2.0, weights: none}
            subject: Patient
            engine: {kind: scorecard}
            trigger: {on: ["Observation?code=http://loinc.org|8867-4"]}
            inputs:
              - {name: pulse, from: "Observation?code=http://loinc.org|8867-4", value: value, unit: /min, range: {low: 20, high: 300}, within: PT24H}
            outputs:
              - {name: stroke, kind: probability, outcome: {system: http://snomed.info/sct, code: "230690007"}, display: Stroke, bands: [{below: 50, risk: low}, {risk: high}]}
            scorecard:
              source: none
              items:
                - {item: pulse, input: pulse, coefficient: 0.05, times: pulse - 100}
              probability: {value: 1 / (1 + exp(-total))}
            """;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void onH2() throws IOException {
        start();

        tellsHowAModelFares();
    }

    @Test
    void onPostgreSql() throws IOException {
        try (var postgres = EmbeddedPostgres.start()) {
            start(
                    "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                    "--spring.datasource.username=postgres",
                    "--spring.datasource.password=postgres");

            tellsHowAModelFares();
        }
    }

    private static void start(String... database) throws IOException {
        var models = Files.createTempDirectory(Path.of("target"), "models").toAbsolutePath();
        Files.writeString(
                Files.createDirectories(models.resolve("fast-pulse/1.0.0")).resolve("model.yaml"), CARD);
        server = RunningServer.start(Stream.concat(
                        Stream.of(database),
                        Stream.of(
                                "--auspex.models.shipped=false",
                                "--auspex.models.path=" + models,
                                "--auspex.watch.period=PT4S",
                                "--auspex.watch.window=PT1H",
                                "--auspex.watch.keep=PT2H"))
                .toArray(String[]::new));
    }

    private void tellsHowAModelFares() {
        var patients = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        for (var patient = 0; patient < PATIENTS; patient++) {
            put(patients, "p-" + patient, new Patient());
            put(patients, "pulse-" + patient, pulse(patient));
        }
        server.client().transaction().withBundle(patients).execute();
        var results = eventually(() ->
                Optional.of(server.search("RiskAssessment?_count=200")).filter(found -> found.size() == PATIENTS));
        confirm((RiskAssessment) results.get(0));

        var watched = eventually(() -> observations()
                .filter(one -> number(one, "predictions") == PATIENTS && number(one, "confirmed") == 1)
                .findFirst());

        assertThat(watched.getStatus()).isEqualTo(Observation.ObservationStatus.FINAL);
        assertThat(watched.getMeta().getSecurity()).isEmpty();
        assertThat(((Period) watched.getEffective()).hasEnd()).isTrue();
        assertThat(number(watched, "abstentions")).isZero();
        assertThat(number(watched, "patients")).isEqualTo(PATIENTS);
        // A third of them have a pulse of 120.
        assertThat(number(watched, "high-risk-per-100"))
                .isCloseTo(33.3333, org.assertj.core.api.Assertions.within(1e-3));
        assertThat(number(watched, "missing-share")).isZero();
        assertThat(units(watched)).containsExactlyInAnyOrder("pulse in /min: 50", "pulse in Hz: 50");
        assertThat(number(watched, "population-stability"))
                .as("the first answers are those that it is compared with")
                .isZero();
        assertThat(watched.getSubject().getReference()).isEqualTo("Device/auspex-fast-pulse-1.0.0");
        assertThat(ca.uhn.fhir.context.FhirContext.forR4Cached().newJsonParser().encodeResourceToString(watched))
                .doesNotContain("Patient/", "p-1");
        assertThat(metrics())
                .contains("auspex_watch_predictions{model=\"fast-pulse\",version=\"1.0.0\"} 60.0")
                .contains("auspex_watch_missing{input=\"pulse\",model=\"fast-pulse\",version=\"1.0.0\"} 0.0")
                .contains("auspex_watch_agreement{model=\"fast-pulse\",version=\"1.0.0\"} 1.0");
        assertThat(server.search("RiskAssessment?_count=200"))
                .as("an Observation about a model asks no model")
                .hasSize(PATIENTS);

        countsDiagnosesThatPeopleMade();
        anotherServerAddsItsCounts();
    }

    /** They are told when the model has answered again. */
    private void countsDiagnosesThatPeopleMade() {
        diagnose();
        server.bean(Tallies.class).add(Map.of(new Count(MODEL, Count.OUTCOME, "probability"), 1L));

        var watched = eventually(() -> observations()
                .filter(one -> number(one, "diagnoses-disagreeing") == 2)
                .findFirst());

        assertThat(number(watched, "diagnoses-agreeing")).isEqualTo(1);
        var other = "auspex_watch_diagnoses{model=\"fast-pulse\",said=\"other\",version=\"1.0.0\"} 2.0";
        assertThat(eventually(() -> Optional.of(page()).filter(text -> text.contains(other))))
                .contains(other.replace("other", "same").replace("2.0", "1.0"));
    }

    /** Two that count at once on the same database: sums, and one Observation for each time. */
    private void anotherServerAddsItsCounts() {
        var tallies = new Tallies();
        var before = counted();
        try (var other = server.bean(JpaStore.class)
                .watch(tallies, server.bean(Models.class), server.bean(ISearchParamRegistry.class), TERMS)) {
            other.start();
            tallies.add(Map.of(new Count(MODEL, Count.OUTCOME, "probability"), 7L));
            server.bean(Tallies.class).add(Map.of(new Count(MODEL, Count.OUTCOME, "probability"), 5L));

            var sum = eventually(() -> observations()
                    .filter(one -> number(one, "predictions") == before + 12)
                    .findFirst());

            assertThat(sum.getIdentifierFirstRep().getValue()).startsWith("fast-pulse|1.0.0|");
        }
        var ends = observations()
                .map(one -> one.getIdentifierFirstRep().getValue())
                .toList();
        assertThat(ends).doesNotHaveDuplicates();
    }

    private static double counted() {
        return observations()
                .mapToDouble(one -> number(one, "predictions"))
                .max()
                .orElseThrow();
    }

    private static Stream<Observation> observations() {
        return server.search(WATCHED).stream().map(Observation.class::cast);
    }

    private static double number(Observation observation, String code) {
        return components(observation, code)
                .map(component -> ((Quantity) component.getValue()).getValue().doubleValue())
                .findFirst()
                .orElse(-1.0);
    }

    private static List<String> units(Observation observation) {
        return components(observation, "unit-share")
                .map(component -> component.getCode().getText() + ": "
                        + ((Quantity) component.getValue()).getValue().intValue())
                .toList();
    }

    private static Stream<Observation.ObservationComponentComponent> components(Observation observation, String code) {
        return observation.getComponent().stream()
                .filter(component ->
                        component.getCode().getCodingFirstRep().getCode().equals(code));
    }

    private static void confirm(RiskAssessment result) {
        result.setStatus(RiskAssessment.RiskAssessmentStatus.FINAL);
        server.client().update().resource(result).execute();
    }

    /** Every third has a fast pulse, and so a high risk. */
    private static void diagnose() {
        var all = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        put(all, "c-foreseen", stroke(0, "confirmed"));
        put(all, "c-missed", stroke(1, "confirmed"));
        put(all, "c-false-alarm", stroke(3, "refuted"));
        put(all, "c-suspected", stroke(6, "provisional"));
        var known = stroke(9, "confirmed");
        known.setRecordedDate(Date.from(Instant.now().minus(Duration.ofDays(2))));
        put(all, "c-known-before", known);
        var machine = stroke(12, "confirmed");
        machine.getMeta().addSecurity("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "AIAST", "");
        put(all, "c-of-a-machine", machine);
        server.client().transaction().withBundle(all).execute();
    }

    private static Condition stroke(int patient, String status) {
        var stroke = new Condition();
        stroke.getVerificationStatus()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/condition-ver-status")
                .setCode(status);
        stroke.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("230690007");
        stroke.setSubject(new Reference("Patient/p-" + patient));
        return stroke;
    }

    private static Observation pulse(int number) {
        var observation = new Observation();
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.setCode(new CodeableConcept());
        observation.getCode().addCoding().setSystem("http://loinc.org").setCode("8867-4");
        observation.setSubject(new Reference("Patient/p-" + number));
        observation.setEffective(new DateTimeType(Date.from(Instant.now().minusSeconds(60))));
        var pulse = number % 3 == 0 ? 120 : 60 + 6 * (number % 2);
        observation.setValue(number % 2 == 0 ? quantity(pulse, "/min") : quantity(pulse / 60.0, "Hz"));
        return observation;
    }

    private static Quantity quantity(double value, String unit) {
        return new Quantity(value)
                .setUnit(unit)
                .setSystem("http://unitsofmeasure.org")
                .setCode(unit);
    }

    private static void put(Bundle bundle, String id, Resource resource) {
        resource.setId(id);
        bundle.addEntry()
                .setResource(resource)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PUT)
                .setUrl(resource.fhirType() + "/" + id);
    }

    private static <T> T eventually(java.util.function.Supplier<Optional<T>> question) {
        return RunningServer.eventually(PATIENCE, question).orElseThrow();
    }

    private static String metrics() {
        return eventually(() -> Optional.of(page()).filter(text -> text.contains("auspex_watch_agreement{")));
    }

    private static String page() {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create(server.base().replace("/fhir", "/actuator/prometheus")))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
