package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model is judged on patients of a server, of whom every other had a stroke; what was measured later would tell who. */
class EvaluateIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PATIENTS = 40;
    private static final Instant PREDICTED = Instant.parse("2026-01-10T10:00:00Z");
    private static final Path CURVES = Path.of("../../testdata/models/survival-gbsg/1.0.0");
    private static final Instant OPERATION = Instant.parse("2019-01-10T10:00:00Z");
    private static final int OPERATED = 12;
    private static final String MEASUREMENT = "https://auspex-fhir.org/fhir/CodeSystem/measurement";
    private static final String DEVICE = "auspex-fast-pulse-1.0.0";
    private static final String STROKE = "Condition?code=http://snomed.info/sct|230690007";

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        var models = Files.createTempDirectory(Path.of("target"), "models").toAbsolutePath();
        Files.writeString(
                Files.createDirectories(models.resolve("fast-pulse/1.0.0")).resolve("model.yaml"), """
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
                """);
        for (var file : List.of("model.yaml", "model.pt", "training.json")) {
            Files.copy(
                    CURVES.resolve(file),
                    Files.createDirectories(models.resolve("survival-gbsg/1.0.0"))
                            .resolve(file));
        }
        server = RunningServer.start("--auspex.models.shipped=false", "--auspex.models.path=" + models);
        var patients = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        var group = new Group().setActual(true).setType(Group.GroupType.PERSON);
        for (var patient = 0; patient < PATIENTS; patient++) {
            add(patients, patient);
            group.addMember().setEntity(new Reference("Patient/p-" + patient));
        }
        put(patients, "everybody", group);
        for (var woman = 0; woman < OPERATED; woman++) {
            operated(patients, woman);
        }
        server.client().transaction().withBundle(patients).execute();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void judgesOnWhatWasKnownBefore() {
        var order = order().addParameter("subgroup", new CodeType("sex"));
        order.addParameter().setName("cohort").setValue(new Reference("Group/everybody"));

        var answer = evaluated(order);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var bundle = bundle(answer);
        var report = (MeasureReport) bundle.getEntry().get(0).getResource();
        assertThat(report.getMeasure()).endsWith("/Measure/auspex-evaluation-fast-pulse-1.0.0");
        var auroc = report.getGroupFirstRep();
        assertThat(auroc.getCode().getText()).isEqualTo("AUROC");
        // Earlier pulses are alike in both; of the later ones, all that are fast had a stroke.
        assertThat(auroc.getMeasureScore().getValue().doubleValue()).isEqualTo(0.5);
        assertThat(auroc.getPopulation().get(1).getCount()).isEqualTo(PATIENTS);
        assertThat(auroc.getStratifierFirstRep().getStratum()).hasSize(2);
        assertThat(page(bundle)).contains("Evaluation of fast-pulse|1.0.0", "Group/everybody", "TRIPOD+AI");
        assertThat(stored(report)).isTrue();
        assertThat(server.client()
                        .read()
                        .resource(Measure.class)
                        .withId("auspex-evaluation-fast-pulse-1.0.0")
                        .execute())
                .isNotNull();
        assertThat(server.search("RiskAssessment")).isEmpty();
    }

    @Test
    void takesASearchForACohort() {
        var answer = evaluated(order().addParameter("query", "Patient?gender=female"));

        assertThat(answer.body().replaceAll("\\s", "")).contains("\"count\":" + PATIENTS / 2 + "}");
    }

    @Test
    void besideDeathTheObservedRiskIsTheIncidence() {
        var order = new Parameters()
                .addParameter("query", "Patient?gender=unknown")
                .addParameter("asOf", new DateTimeType("2019-01-10T12:00:00Z"))
                .addParameter("outcome", "Condition?code=https://example.org/codes|recurrence")
                .addParameter("competing", "Patient?deceased=true")
                .addParameter("window", "P2000D");

        var page = page(bundle(evaluated("auspex-survival-gbsg-1.0.0", order)));

        // Three of twelve had a recurrence and four died first; as censored, the dead would make it more.
        assertThat(page)
                .contains(
                        "4 of the judged had a competing event first.",
                        "Observed risk (Aalen-Johansen) at 60</th><td>0.250 (",
                        "Aalen-Johansen by risk group",
                        "beside Patient?deceased=true within");
    }

    @Test
    void saysWhatIsWrong() {
        refused(400, evaluate(DEVICE, new Parameters()), "Name whom to judge it on", "outcome is missing");
        refused(404, evaluate("auspex-nobody-1.0.0", order().addParameter("query", "Patient")), "no model that serves");
        var none = order();
        none.addParameter().setName("cohort").setValue(new Reference("Group/nobody"));
        refused(404, evaluate(DEVICE, none), "Group/nobody is not on this server");
        var odd =
                new Parameters().addParameter("query", "Patient?gender=female").addParameter("window", "P30D");
        odd.addParameter("index", "Encounter?moon=full").addParameter("outcome", STROKE);
        refused(400, evaluate(DEVICE, odd), "'Encounter?moon=full' cannot be looked for");
        refused(
                422,
                evaluated(order().addParameter("query", "Patient?gender=other")),
                "Nobody of 'Patient?gender=other'");
        refused(
                422,
                evaluated(order("2026-02-10T10:00:00Z").addParameter("query", STROKE)),
                "the outcome had happened before the prediction, or nobody knows when=%d".formatted(PATIENTS / 2));
        refused(
                422,
                evaluated(order("2025-02-10T10:00:00Z").addParameter("query", "Patient?gender=female")),
                "The model abstained on every row, first because of: {pulse=row 1:");
        refused(
                422,
                evaluate(
                        DEVICE,
                        order().addParameter("query", "Patient?gender=female")
                                .addParameter("competing", "Patient?deceased=true")),
                "fast-pulse|1.0.0 says whether and not when",
                "leave out competing");
    }

    @Test
    void saysWhyAFigureOfOnePatientOrOfNoEventIsNone() {
        var one = evaluated(order().addParameter("query", "Patient?_id=p-0"));
        var none = evaluated(order("2026-01-10T09:00:00Z", "PT1H").addParameter("query", "Patient?gender=female"));
        var all = evaluated(order().addParameter("query", STROKE));

        assertThat(one.body()).contains("No row is negative", "One person alone cannot be resampled");
        assertThat(none.body()).contains("No row is positive");
        assertThat(all.body()).contains("No row is negative");
        assertThat(List.of(one, none, all))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200))
                .allSatisfy(answer -> assertThat(page(bundle(answer))).doesNotContain("NaN"));
    }

    private static Parameters order() {
        return order("2026-01-10T10:00:00Z");
    }

    private static Parameters order(String asOf) {
        return order(asOf, "P30D");
    }

    private static Parameters order(String asOf, String window) {
        return new Parameters()
                .addParameter("asOf", new DateTimeType(asOf))
                .addParameter("outcome", STROKE)
                .addParameter("window", window);
    }

    private static boolean stored(MeasureReport report) {
        return server.search("MeasureReport").stream()
                .anyMatch(found -> found.getIdElement()
                        .getIdPart()
                        .equals(report.getIdElement().getIdPart()));
    }

    private static Bundle bundle(HttpResponse<String> answer) {
        return FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, answer.body());
    }

    private static String page(Bundle answer) {
        var document = (DocumentReference) answer.getEntry().get(1).getResource();
        return new String(document.getContentFirstRep().getAttachment().getData(), StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> evaluated(Parameters order) {
        return evaluated(DEVICE, order);
    }

    private static HttpResponse<String> evaluated(String device, Parameters order) {
        var begun = evaluate(device, order);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        var status = begun.headers().firstValue("Content-Location").orElseThrow();
        return RunningServer.eventually(
                        PATIENCE,
                        () -> Optional.of(send(HttpRequest.newBuilder(URI.create(status))
                                        .GET()))
                                .filter(answer -> answer.statusCode() != 202))
                .orElseThrow();
    }

    private static HttpResponse<String> evaluate(String device, Parameters order) {
        var body = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(order);
        return send(HttpRequest.newBuilder(URI.create("%s/Device/%s/$evaluate".formatted(server.base(), device)))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(
                    request.header("Content-Type", "application/fhir+json").build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void refused(int status, HttpResponse<String> answer, String... texts) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(texts);
    }

    private static void add(Bundle patients, int number) {
        var patient = new Patient();
        patient.setGender(
                number < PATIENTS / 2
                        ? Enumerations.AdministrativeGender.FEMALE
                        : Enumerations.AdministrativeGender.MALE);
        patient.setBirthDateElement(new DateType("1960-05-01"));
        put(patients, "p-" + number, patient);
        pulse(patients, number, 60 + number / 2, PREDICTED.minusSeconds(7200));
        pulse(patients, number, number % 2 == 0 ? 200 : 40, PREDICTED.plusSeconds(7200));
        if (number % 2 == 0) {
            var stroke = new Condition();
            stroke.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("230690007");
            stroke.setSubject(new Reference("Patient/p-" + number));
            stroke.setOnset(new DateTimeType(Date.from(PREDICTED.plus(Duration.ofDays(2)))));
            put(patients, "c-" + number, stroke);
        }
    }

    /** Women with breast cancer: the first three have a recurrence, the next four die without one before that. */
    private static void operated(Bundle patients, int number) {
        var woman = new Patient();
        woman.setGender(Enumerations.AdministrativeGender.UNKNOWN);
        woman.setBirthDateElement(new DateType("1960-05-01"));
        if (number >= 3 && number < 7) {
            woman.setDeceased(new DateTimeType(Date.from(OPERATION.plus(Duration.ofDays(100 + number)))));
        }
        put(patients, "b-" + number, woman);
        coded(patients, number, "adjuvant-hormonal-therapy", "http://snomed.info/sct", "373067005");
        coded(patients, number, "tumour-size-class", MEASUREMENT, "size-21-to-50-mm");
        coded(patients, number, "postmenopausal", "http://snomed.info/sct", "373066001");
        measured(patients, number, new Coding("http://loinc.org", "21893-3", ""), 4, "1");
        measured(patients, number, new Coding(MEASUREMENT, "progesterone-receptor-content", ""), 60, "fmol/mg");
        measured(patients, number, new Coding(MEASUREMENT, "oestrogen-receptor-content", ""), 90, "fmol/mg");
        if (number < 3) {
            var recurrence = new Condition();
            recurrence
                    .getCode()
                    .addCoding()
                    .setSystem("https://example.org/codes")
                    .setCode("recurrence");
            recurrence.setSubject(new Reference("Patient/b-" + number));
            recurrence.setOnset(new DateTimeType(Date.from(OPERATION.plus(Duration.ofDays(200 + 300 * number)))));
            put(patients, "r-" + number, recurrence);
        }
    }

    private static void coded(Bundle patients, int number, String code, String system, String answer) {
        put(
                patients,
                "%s-%d".formatted(code, number),
                observed(number, new Coding(MEASUREMENT, code, ""))
                        .setValue(new CodeableConcept(new Coding(system, answer, ""))));
    }

    private static void measured(Bundle patients, int number, Coding code, double value, String unit) {
        put(
                patients,
                "%s-%d".formatted(code.getCode(), number),
                observed(number, code)
                        .setValue(new Quantity(value)
                                .setUnit(unit)
                                .setSystem("http://unitsofmeasure.org")
                                .setCode(unit)));
    }

    private static Observation observed(int number, Coding code) {
        var observation = new Observation();
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.getCode().addCoding(code);
        observation.setSubject(new Reference("Patient/b-" + number));
        observation.setEffective(new DateTimeType(Date.from(OPERATION)));
        return observation;
    }

    private static void pulse(Bundle patients, int number, int value, Instant when) {
        var observation = new Observation();
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.getCode().addCoding().setSystem("http://loinc.org").setCode("8867-4");
        observation.setSubject(new Reference("Patient/p-" + number));
        observation.setEffective(new DateTimeType(Date.from(when)));
        observation.setValue(new Quantity()
                .setValue(value)
                .setUnit("/min")
                .setSystem("http://unitsofmeasure.org")
                .setCode("/min"));
        put(patients, "o-%d-%d".formatted(number, when.getEpochSecond()), observation);
    }

    private static void put(Bundle bundle, String id, Resource resource) {
        resource.setId(id);
        var url = resource.fhirType() + "/" + id;
        bundle.addEntry()
                .setFullUrl(url)
                .setResource(resource)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PUT)
                .setUrl(url);
    }
}
