package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IAnonymousInterceptor;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What users are promised about many subjects, and about answers that they come back for. */
interface JobContract {

    Duration PATIENCE = Duration.ofSeconds(60);

    HttpClient HTTP = HttpClient.newHttpClient();

    Instant THEN = Instant.now().minus(Duration.ofDays(10)).truncatedTo(ChronoUnit.SECONDS);

    RunningServer server();

    @Test
    default void aGroupIsAnsweredWithAnOutcomeForEachMember() {
        ward("g", 3);
        store(Vitals.patient("g-bare", "1950-01-01"));
        store(new Practitioner().setId("g-doctor"));
        var group = group("g", 3);
        group.getMember().get(2).setInactive(true);
        group.addMember().setEntity(new Reference("Patient/g-bare"));
        group.addMember().setEntity(new Reference("Practitioner/g-doctor"));
        store(group);

        var outcome = done(accepted(ask("Group/g-all/$predict", news2())));

        assertThat(counts(outcome))
                .isEqualTo(Map.of("total", 5, "done", 2, "abstained", 1, "failed", 0, "excluded", 2));
        assertThat(part(outcome, "Patient/g-2", "text")).isEqualTo("the member is inactive");
        assertThat(part(outcome, "Practitioner/g-doctor", "text")).isEqualTo("the member is no Patient");
        assertThat(part(outcome, "Patient/g-bare", "text")).contains("pulse");
        assertThat(part(outcome, "Patient/g-0", "text")).startsWith("0 points");
        var risk = server().results("g-0");
        assertThat(risk).hasSize(1);
        assertThat(part(outcome, "Patient/g-0", "result"))
                .isEqualTo("RiskAssessment/" + risk.get(0).getIdElement().getIdPart());
        assertThat(provenances(risk.get(0))).isEqualTo(1);
    }

    @Test
    default void aSearchIsACohort() {
        ward("s", 2);
        var parameters = news2();
        parameters.addParameter("cohort", "Observation?code=8867-4&patient=s-0,s-1");
        parameters.addParameter("persist", false);

        var outcome = done(accepted(ask("$predict", parameters)));

        assertThat(counts(outcome)).containsEntry("done", 2).containsEntry("total", 2);
        assertThat(part(outcome, "Patient/s-1", "text")).startsWith("0 points");
        assertThat(server().results("s-0")).isEmpty();
    }

    @Test
    default void onePatientsAnswerCanBeFetchedLater() {
        ward("later", 1);

        var outcome = done(accepted(send(request("Patient/later-0/$predict")
                .header("Prefer", "respond-async")
                .POST(body(news2())))));

        assertThat(counts(outcome)).containsEntry("done", 1);
        assertThat(server().results("later-0")).hasSize(1);
    }

    @Test
    default void whatIsNoCohortIsRefusedAtOnce() {
        store(new Group().setType(Group.GroupType.PERSON).setActual(false).setId("described"));

        assertThat(ask("Group/nobody/$predict", new Parameters()).statusCode()).isEqualTo(404);
        assertThat(ask("Group/described/$predict", new Parameters()).statusCode())
                .isEqualTo(422);
        assertThat(ask("$predict", new Parameters().addParameter("cohort", "everybody"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(ask("$predict", new Parameters().addParameter("cohort", "Patient?colour=red"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(ask("Group/described/$predict", new Parameters().addParameter("explain", true))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(request("$predict-status?job=nobody-knows").GET()).statusCode())
                .isEqualTo(404);
    }

    @Test
    default void aLargeCohortLetsAnUrgentPredictionPassAndCanBeCancelled() {
        ward("many", 80);
        store(group("many", 80));
        var status = accepted(ask("Group/many-all/$predict", then()));
        var early = send(request(status).GET());
        assertThat(early.statusCode()).isEqualTo(202);
        assertThat(early.headers().firstValue("X-Progress").orElse("")).matches("\\d+ of \\d+ questions answered");
        assertThat(early.headers().firstValue("Retry-After")).contains("1");

        var begun = Instant.now();
        var urgent = ask("Patient/many-79/$predict", news2());
        assertThat(urgent.statusCode()).isEqualTo(200);
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));

        assertThat(send(request(status).DELETE()).statusCode()).isEqualTo(202);
        assertThat(send(request(status).GET()).statusCode()).isEqualTo(404);
        var job = status.substring(status.indexOf("job=") + "job=".length());
        var jdbc = server().bean(JdbcTemplate.class);
        assertThat(jdbc.queryForObject(
                        "select count(*) from auspex_work where cause = ? and state = 'cancelled'",
                        Long.class,
                        "job/" + job))
                .isPositive();
        assertThat(jdbc.queryForObject(
                        "select count(*) from auspex_work where cause = ? and state = 'waiting'",
                        Long.class,
                        "job/" + job))
                .isZero();
    }

    @Test
    default void aSubjectWhoseResultCannotBeStoredHoldsUpNobody() {
        ward("poison", 8);
        store(group("poison", 8));
        var refusing = refuseResultsOf("Patient/poison-5");
        try {
            var status = accepted(ask("Group/poison-all/$predict", news2()));
            assertThat(RunningServer.eventually(
                            PATIENCE,
                            () -> Optional.of(send(request(status).GET())
                                            .headers()
                                            .firstValue("X-Progress")
                                            .orElse(""))
                                    .filter("7 of 8 questions answered"::equals)))
                    .isPresent();
            assertThat(server().results("poison-4")).hasSize(1);
            assertThat(server().results("poison-5")).isEmpty();
            server().bean(IInterceptorService.class).unregisterInterceptor(refusing);

            assertThat(counts(done(status))).containsEntry("done", 8);
        } finally {
            server().bean(IInterceptorService.class).unregisterInterceptor(refusing);
        }
    }

    private IAnonymousInterceptor refuseResultsOf(String patient) {
        IAnonymousInterceptor refusing = (pointcut, parameters) -> {
            if (parameters.get(IBaseResource.class) instanceof RiskAssessment risk
                    && risk.getSubject().getReference().equals(patient)) {
                throw new ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException("not this one");
            }
        };
        server().bean(IInterceptorService.class)
                .registerAnonymousInterceptor(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED, refusing);
        return refusing;
    }

    /** Patients with all that NEWS2 needs, so long ago that nothing is predicted by itself. */
    private void ward(String name, int patients) {
        var bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        for (var patient : names(name, patients)) {
            var vitals = new ArrayList<>(Vitals.allButPulse(patient));
            vitals.add(Vitals.measured(patient, "8867-4", 70));
            vitals.forEach(vital -> vital.setEffective(new DateTimeType(Date.from(THEN))));
            Vitals.transaction(Vitals.patient(patient, "1950-01-01"), vitals)
                    .getEntry()
                    .forEach(bundle::addEntry);
        }
        server().client().transaction().withBundle(bundle).execute();
    }

    private static Parameters then() {
        var parameters = new Parameters();
        parameters.addParameter("asOf", new DateTimeType(Date.from(THEN.plusSeconds(60))));
        return parameters;
    }

    private static Parameters news2() {
        return then().addParameter("model", "news2");
    }

    private static Group group(String name, int patients) {
        var group = new Group().setType(Group.GroupType.PERSON).setActual(true);
        group.setId(name + "-all");
        names(name, patients).forEach(patient -> group.addMember().setEntity(new Reference("Patient/" + patient)));
        return group;
    }

    private static List<String> names(String name, int patients) {
        return IntStream.range(0, patients).mapToObj(i -> name + "-" + i).toList();
    }

    private void store(IBaseResource resource) {
        server().client().update().resource(resource).execute();
    }

    private long provenances(RiskAssessment risk) {
        return server().client()
                .search()
                .byUrl("Provenance?target=RiskAssessment/" + risk.getIdElement().getIdPart())
                .returnBundle(Bundle.class)
                .execute()
                .getEntry()
                .size();
    }

    private String accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        var status = answer.headers().firstValue("Content-Location").orElseThrow();
        assertThat(status).startsWith(server().base() + "/$predict-status?job=");
        return status;
    }

    private Parameters done(String status) {
        var answer = RunningServer.eventually(
                        PATIENCE, () -> Optional.of(send(request(status).GET())).filter(now -> now.statusCode() != 202))
                .orElseThrow();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var bundle = FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, answer.body());
        assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.BATCHRESPONSE);
        assertThat(bundle.getEntryFirstRep().getResponse().getStatus()).startsWith("200");
        return (Parameters) bundle.getEntryFirstRep().getResource();
    }

    private static Map<String, Integer> counts(Parameters outcome) {
        return outcome.getParameter().stream()
                .filter(parameter -> parameter.getValue() instanceof IntegerType)
                .collect(Collectors.toMap(
                        Parameters.ParametersParameterComponent::getName,
                        parameter -> ((IntegerType) parameter.getValue()).getValue()));
    }

    private static String part(Parameters outcome, String subject, String name) {
        return outcome.getParameter().stream()
                .filter(parameter -> parameter.getName().equals("outcome"))
                .filter(parameter -> ((Reference) parameter.getPartFirstRep().getValue())
                        .getReference()
                        .equals(subject))
                .flatMap(parameter -> parameter.getPart().stream())
                .filter(part -> part.getName().equals(name))
                .map(part -> part.getValue() instanceof Reference reference
                        ? reference.getReference()
                        : part.getValue().primitiveValue())
                .findFirst()
                .orElse("");
    }

    private HttpResponse<String> ask(String path, Parameters parameters) {
        return send(request(path).POST(body(parameters)));
    }

    private static HttpRequest.BodyPublisher body(Parameters parameters) {
        return HttpRequest.BodyPublishers.ofString(
                FhirContext.forR4Cached().newJsonParser().encodeResourceToString(parameters));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : server().base() + "/" + path))
                .header("Content-Type", "application/fhir+json");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
