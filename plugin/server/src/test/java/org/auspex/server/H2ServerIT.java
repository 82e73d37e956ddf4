package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.auspex.commandline.CommandLineDoor;
import org.auspex.kernel.Models;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on H2, and what need not be tried on every database. */
class H2ServerIT
        implements NoticeContract, PredictContract, EvidenceContract, WithdrawalContract, RolloutContract, JobContract {

    private static final Path SYNTHEA = Path.of("../../../shared/data/fhir-synthea");

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public RunningServer server() {
        return server;
    }

    @Test
    void theEvidenceOfAHundredSubjectsTakesAsManySearchesAsOfOne() {
        var searches = new AtomicInteger();
        // Those of this thread: workers may still be busy with what other tests stored.
        var reading = Thread.currentThread();
        server.bean(IInterceptorService.class)
                .registerAnonymousInterceptor(
                        Pointcut.JPA_PERFTRACE_SEARCH_SELECT_COMPLETE,
                        (pointcut, parameters) ->
                                searches.addAndGet(Thread.currentThread().equals(reading) ? 1 : 0));
        var requirements = server.bean(Models.class)
                .card(new ModelId("news2", "1.0.0"))
                .orElseThrow()
                .requirements();
        var patients = IntStream.range(0, 100).mapToObj(i -> "many-" + i).toList();
        var bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        patients.forEach(patient -> bundle.addEntry()
                .setResource(Vitals.patient(patient, "1950-01-01"))
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PUT)
                .setUrl("Patient/" + patient));
        server.client().transaction().withBundle(bundle).execute();
        var reader = server.bean(EvidenceReader.class);

        var one = List.of(Subject.patient("Patient/many-0"));
        var hundred = patients.stream()
                .map(patient -> Subject.patient("Patient/" + patient))
                .toList();
        java.util.function.ToIntFunction<List<Subject>> count = subjects -> {
            searches.set(0);
            assertThat(reader.read(subjects, requirements, Instant.now())).hasSameSizeAs(subjects);
            return searches.get();
        };

        // The fewest of some: the site's own codes are looked up now and then, and remembered for half a minute.
        var forOne =
                IntStream.range(0, 3).map(time -> count.applyAsInt(one)).min().orElseThrow();
        var forHundred = IntStream.range(0, 3)
                .map(time -> count.applyAsInt(hundred))
                .min()
                .orElseThrow();

        assertThat(forOne).isEqualTo(4); // Patient, Consent, Observation, Condition
        assertThat(forHundred).isEqualTo(forOne);
    }

    @Test
    void tenThousandObservationsOfOnePatientAreAnswered() {
        var id = "p-monitor";
        server.client()
                .transaction()
                .withBundle(Vitals.transaction(Vitals.patient(id, "1950-01-01"), Vitals.allButPulse(id)))
                .execute();
        var now = System.currentTimeMillis();
        for (int block = 0; block < 20; block++) {
            var pulses = new ArrayList<Observation>();
            for (int i = 0; i < 500; i++) {
                var pulse = Vitals.measured(id, "8867-4", 60 + i % 20);
                pulse.setEffective(new DateTimeType(new Date(now - 1000L * (block * 500L + i))));
                pulses.add(pulse);
            }
            server.client()
                    .transaction()
                    .withBundle(Vitals.transaction(Vitals.patient(id, "1950-01-01"), pulses))
                    .execute();
        }

        var answer = server.client()
                .operation()
                .onInstance("Patient/" + id)
                .named("$predict")
                .withParameters(new Parameters().addParameter("model", "news2"))
                .returnResourceType(Bundle.class)
                .execute();

        assertThat(answer.getEntryFirstRep().getResource())
                .isInstanceOfSatisfying(
                        RiskAssessment.class,
                        risk -> assertThat(risk.getPredictionFirstRep().getRationale())
                                .startsWith("news2|1.0.0 0"));
    }

    @Test
    void syntheaPatientsGetPredictionsAsOfTheirOwnTime() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(SYNTHEA), "SKIPPED: no " + SYNTHEA + " beside the checkout");
        var statuses = new ArrayList<String>();

        try (Stream<Path> files = Files.list(SYNTHEA)) {
            for (var file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .limit(2)
                    .toList()) {
                var bundle = ca.uhn.fhir.context.FhirContext.forR4Cached()
                        .newJsonParser()
                        .parseResource(Bundle.class, Files.readString(file));
                var stored = server.client().transaction().withBundle(bundle).execute();
                var patient = stored.getEntry().stream()
                        .map(entry -> entry.getResponse().getLocation())
                        .filter(location -> location.startsWith("Patient/"))
                        .findFirst()
                        .orElseThrow();
                var pressure = server.client()
                        .search()
                        .byUrl("Observation?combo-code=8480-6&_sort=-date&_count=1&patient=" + patient.split("/")[1])
                        .returnBundle(Bundle.class)
                        .execute();
                var asOf = ((Observation) pressure.getEntryFirstRep().getResource())
                        .getEffectiveDateTimeType()
                        .getValue();
                var parameters = new Parameters();
                parameters.addParameter(
                        "asOf", new DateTimeType(Date.from(asOf.toInstant().plusSeconds(60))));
                var answer = server.client()
                        .operation()
                        .onInstance("Patient/" + patient.split("/")[1])
                        .named("$predict")
                        .withParameters(parameters)
                        .returnResourceType(Bundle.class)
                        .execute();
                answer.getEntry()
                        .forEach(entry -> statuses.add(entry.getResource().fhirType() + " "
                                + ca.uhn.fhir.context.FhirContext.forR4Cached()
                                        .newJsonParser()
                                        .encodeResourceToString(entry.getResource())));
            }
        }

        // Synthea records no respiration, consciousness or oxygen in these, so NEWS2 must abstain and name them.
        // What a guard finds open in them is no score.
        statuses.removeIf(text -> text.contains("missed-diagnosis"));
        assertThat(statuses).hasSizeGreaterThanOrEqualTo(4).allMatch(text -> text.startsWith("GuidanceResponse"));
        assertThat(statuses).anyMatch(text -> text.contains("consciousness") && !text.contains("systolicPressure: "));
    }

    @Test
    void aSyntheaPatientGetsARiskOfCardiovascularDisease() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(SYNTHEA), "SKIPPED: no " + SYNTHEA + " beside the checkout");
        var fhir = ca.uhn.fhir.context.FhirContext.forR4Cached();
        var bundle = fhir.newJsonParser().parseResource(Bundle.class, Files.readString(synthea("Senger")));
        var patient = server.client().transaction().withBundle(bundle).execute().getEntry().stream()
                .map(entry -> entry.getResponse().getLocation())
                .filter(location -> location.startsWith("Patient/"))
                .map(location -> location.split("/", -1)[1])
                .findFirst()
                .orElseThrow();
        var parameters = new Parameters().addParameter("model", "prevent");
        parameters.addParameter("asOf", new DateTimeType("2020-10-03T00:00:00Z"));

        var answer = server.client()
                .operation()
                .onInstance("Patient/" + patient)
                .named("$predict")
                .withParameters(parameters)
                .returnResourceType(Bundle.class)
                .execute();

        var risk = (RiskAssessment) answer.getEntryFirstRep().getResource();
        assertThat(risk.getPrediction())
                .extracting(prediction ->
                        prediction.getProbabilityDecimalType().getValue().doubleValue())
                .containsExactly(4.9, 2.7, 2.7);
        assertThat(risk.getPredictionFirstRep().getWhenRange().getHigh().getValue())
                .isEqualByComparingTo("10");
    }

    private static Path synthea(String name) throws IOException {
        try (Stream<Path> files = Files.list(SYNTHEA)) {
            return files.filter(path -> path.toString().contains(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void put(String where, String json) throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.base() + "/" + where))
                                .header("Content-Type", "application/fhir+json")
                                .PUT(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    @Test
    void whatTheCommandLineMadeOfAnExportCanBeLoadedTwiceAndStandsThereOnce() throws Exception {
        var folder = Files.createTempDirectory(Path.of("target"), "bulk");
        var patient = Vitals.patient("p-bulk", "1950-01-01");
        server.client().update().resource(patient).execute();
        var observations = new ArrayList<>(Vitals.allButPulse("p-bulk"));
        observations.add(Vitals.measured("p-bulk", "8867-4", 135));
        var export = Files.createDirectory(folder.resolve("export"));
        var json = server.client().getFhirContext().newJsonParser();
        Files.writeString(export.resolve("Patient.ndjson"), json.encodeResourceToString(patient) + "\n");
        Files.write(
                export.resolve("Observation.ndjson"),
                IntStream.range(0, observations.size())
                        .mapToObj(number -> {
                            // As the server has them: results refer to what they rest on.
                            var stored = server.client()
                                    .update()
                                    .resource(observations.get(number).setId("bulk-" + number))
                                    .execute()
                                    .getResource();
                            return json.encodeResourceToString(stored);
                        })
                        .toList());

        var status = CommandLineDoor.run(
                "score",
                "news2",
                "--ndjson=" + export,
                "--out=" + folder.resolve("out"),
                "--home=" + folder.resolve("home"));

        assertThat(status).isZero();
        for (int time = 0; time < 2; time++) {
            for (var type : List.of("Device", "DocumentReference", "Observation", "RiskAssessment", "Provenance")) {
                for (var line : Files.readAllLines(folder.resolve("out").resolve(type + ".ndjson"))) {
                    // As it stands: HAPI's client would strip the versions.
                    put(type + "/" + json.parseResource(line).getIdElement().getIdPart(), line);
                }
            }
        }
        assertThat(server.results("p-bulk"))
                .filteredOn(risk -> risk.getIdElement().getIdPart().startsWith("auspex-"))
                .singleElement()
                .satisfies(risk -> assertThat(risk.getBasis())
                        .extracting(basis -> basis.getReference())
                        .contains("Observation/bulk-6/_history/1"));
    }
}
