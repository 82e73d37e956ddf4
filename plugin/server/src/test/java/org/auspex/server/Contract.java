package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.jdbc.core.JdbcTemplate;

/** What users are promised, over HTTP: the words in which it is told. Each database runs all of it. */
interface Contract {

    Duration WAIT = Duration.ofSeconds(15);

    RunningServer server();

    /** Why a model said nothing about a subject, by the worklist. */
    default List<String> abstentions(String subject, String model) {
        return jdbc().queryForList(
                        "select reason from auspex_work where state = 'abstained' and subject = ? and model_name = ?",
                        String.class,
                        subject,
                        model);
    }

    default void admit(String patient, List<Observation> observations) {
        server().client()
                .transaction()
                .withBundle(Vitals.transaction(Vitals.patient(patient, "1950-01-01"), observations))
                .execute();
    }

    default void store(Bundle transaction) {
        server().client().transaction().withBundle(transaction).execute();
    }

    /** The RiskAssessment of HEART beside a score of so many points. */
    default RiskAssessment awaitHeart(String patient, String points) {
        return RunningServer.eventually(
                        WAIT,
                        () -> heartScores(patient).stream()
                                .filter(score -> isCurrent(score)
                                        && score.getValueQuantity()
                                                .getValue()
                                                .toPlainString()
                                                .equals(points))
                                .findFirst())
                .flatMap(score -> server().results(patient).stream()
                        .filter(risk -> isCurrent(risk)
                                && risk.getPerformer().getReference().equals("Device/auspex-heart-1.0.0"))
                        .findFirst())
                .orElseThrow(
                        () -> new AssertionError("no HEART score of " + points + " about " + patient + "; worklist: "
                                + jdbc().queryForList(
                                                "select model, cause, state, reason from auspex_work where subject = ?",
                                                "Patient/" + patient)));
    }

    /** Whether a change of a resource was looked at, within the time that anyone waits for it. */
    default boolean isReviewed(String resource) {
        return RunningServer.eventually(
                        WAIT,
                        () -> jdbc()
                                .queryForList(
                                        "select id from auspex_work where kind = 'REVIEW' and state = 'done' and cause like ?",
                                        resource + "%")
                                .stream()
                                .findFirst())
                .isPresent();
    }

    default List<Observation> heartScores(String patient) {
        return search(
                "Observation?patient=" + patient
                        + "&code=https://auspex-fhir.org/fhir/CodeSystem/measurement%7Cheart-score",
                Observation.class);
    }

    /** One result before time is taken, so that what is measured is not the loading of classes. */
    default void warmUp() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-warm"));
        observations.add(Vitals.measured("p-warm", "8867-4", 70));
        admit("p-warm", observations);
        await("p-warm");
    }

    default RiskAssessment await(String patient) {
        return RunningServer.eventually(
                        WAIT,
                        () -> server().results(patient).stream()
                                .filter(Contract::isCurrent)
                                .findFirst())
                .orElseThrow(() -> new AssertionError("no result about " + patient + "; worklist: "
                        + jdbc().queryForList(
                                        "select cause, state, reason from auspex_work where subject = ?",
                                        "Patient/" + patient)));
    }

    default RiskAssessment awaitStatus(RiskAssessment result, RiskAssessment.RiskAssessmentStatus status) {
        return RunningServer.eventually(
                        WAIT,
                        () -> Optional.of(server().client()
                                        .read()
                                        .resource(RiskAssessment.class)
                                        .withId(result.getIdElement().getIdPart())
                                        .execute())
                                .filter(found -> found.getStatus() == status))
                .orElseThrow(() -> new AssertionError("never became " + status + "; worklist: "
                        + jdbc().queryForList(
                                        "select kind, cause, state, reason from auspex_work where kind = 'REVIEW'")));
    }

    static boolean isCurrent(Resource resource) {
        return resource.getMeta().getTag("https://auspex-fhir.org/fhir/CodeSystem/state", "current") != null;
    }

    default Observation observation(String patient, String loinc) {
        return search("Observation?patient=" + patient + "&code=http://loinc.org%7C" + loinc, Observation.class)
                .get(0);
    }

    default List<Observation> score(String patient) {
        return search(
                "Observation?patient=" + patient + "&code=http://snomed.info/sct%7C1104051000000101",
                Observation.class);
    }

    default List<Provenance> provenanceOf(Resource result) {
        return search(
                "Provenance?target=" + result.fhirType() + "/"
                        + result.getIdElement().getIdPart(),
                Provenance.class);
    }

    default <T extends Resource> List<T> search(String url, Class<T> type) {
        return all(
                server().client().search().byUrl(url).returnBundle(Bundle.class).execute(), type);
    }

    /** Until nothing that was asked about a subject is open, but for what waits for more to come. */
    default void awaitAnswers(String subject) {
        var open = """
                select count(*) from auspex_work
                where subject = ? and (state = 'claimed' or state = 'waiting' and due_at <= current_timestamp)
                """;
        assertThat(RunningServer.eventually(
                        WAIT,
                        () -> Optional.ofNullable(jdbc().queryForObject(open, Long.class, subject))
                                .filter(left -> left == 0)))
                .as("questions about %s are answered", subject)
                .isPresent();
    }

    default long questions(String subject) {
        return Optional.ofNullable(jdbc().queryForObject(
                                "select count(*) from auspex_work where kind = 'PREDICT' and subject = ?",
                                Long.class,
                                subject))
                .orElse(0L);
    }

    default JdbcTemplate jdbc() {
        return new JdbcTemplate(server().bean(javax.sql.DataSource.class));
    }

    default Bundle predict(String instance, Parameters parameters) {
        var operation = server().client().operation();
        return (instance.isEmpty() ? operation.onServer() : operation.onInstance(instance))
                .named("$predict")
                .withParameters(parameters)
                .returnResourceType(Bundle.class)
                .execute();
    }

    static Parameters model(String name) {
        return new Parameters().addParameter("model", name);
    }

    static Parameters.ParametersParameterComponent subject(String reference) {
        return new Parameters.ParametersParameterComponent(new StringType("subject"))
                .setValue(new Reference(reference));
    }

    static Parameters.ParametersParameterComponent flag(String name, boolean value) {
        return new Parameters.ParametersParameterComponent(new StringType(name)).setValue(new BooleanType(value));
    }

    static RiskAssessment risk(Bundle answer) {
        return all(answer, RiskAssessment.class).get(0);
    }

    static <T extends Resource> List<T> all(Bundle bundle, Class<T> type) {
        return bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
