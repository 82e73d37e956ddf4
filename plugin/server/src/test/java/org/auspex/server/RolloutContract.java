package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** A new version on its way from shadow to canary and back, on each database. */
interface RolloutContract {

    String SYSTEM = "http://example.org/rollout";
    String NEW = "Device/auspex-ward-pulse-2.0.0";
    Duration PATIENCE = Duration.ofSeconds(15);

    RunningServer server();

    @Test
    default void aNewVersionIsComparedThenTriedOnAShareAndTakenBack() throws IOException {
        var folder = server().models().resolve("ward-pulse");
        version("1.0.0", 1, "active");
        version("2.0.0", 3, "shadow");
        try {
            awaitStage("shadow");
            server().client()
                    .update()
                    .resource(Vitals.patient("p-roll", "1950-01-01"))
                    .execute();
            pulse();

            var compared = RunningServer.eventually(PATIENCE, () -> comparison("both", 1));
            assertThat(compared)
                    .as("the shadow's answer beside the one that counts")
                    .isPresent();
            assertThat(part(compared.get(), "meanDifference")).startsWith("2");
            assertThat(RunningServer.eventually(
                            PATIENCE, () -> results().stream().findFirst()))
                    .isPresent();
            assertThat(results()).extracting(this::performer).containsExactly("Device/auspex-ward-pulse-1.0.0");

            asked("ward-pulse", true);
            assertThat(RunningServer.eventually(PATIENCE, () -> comparison("both", 2)))
                    .as("a client's question is mirrored")
                    .isPresent();
            assertThatThrownBy(() -> asked("ward-pulse|2.0.0", true))
                    .isInstanceOf(UnprocessableEntityException.class)
                    .hasMessageContaining("set persist to false");
            assertThat(performer(asked("ward-pulse|2.0.0", false))).isEqualTo(NEW);

            rollout(new Parameters()
                    .addParameter("stage", new CodeType("canary"))
                    .addParameter("percent", new IntegerType(100))
                    .addParameter("reason", new StringType("it did well")));
            assertThat(performer(asked("ward-pulse", true))).isEqualTo(NEW);
            assertThat(device().getProperty().get(0).getValueCodeFirstRep().getText())
                    .isEqualTo("canary 100 %");
            assertThat(audited()).contains("ward-pulse|2.0.0 is canary 100 %, because: it did well");

            rollout(new Parameters().addParameter("stage", new CodeType("retired")));
            assertThat(performer(asked("ward-pulse", true))).isEqualTo("Device/auspex-ward-pulse-1.0.0");
            assertThat(device().getStatus()).isEqualTo(Device.FHIRDeviceStatus.INACTIVE);
        } finally {
            delete(folder);
        }
    }

    @Test
    default void aRolloutThatCannotBeIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> rollout("auspex-news2-1.0.0", new Parameters().addParameter("stage", "maybe")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("write active, shadow, canary or retired");
        assertThatThrownBy(() -> rollout("auspex-news2-1.0.0", new Parameters().addParameter("stage", "canary")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("1 to 100 percent");
        assertThatThrownBy(() -> rollout("auspex-news2-1.0.0", new Parameters().addParameter("percent", 5)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("percent is for a canary");
        assertThatThrownBy(() -> rollout("auspex-news2-1.0.0", new Parameters().addParameter("step", "shadow")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'step' is unknown");
        assertThatThrownBy(() -> rollout("pump-1", new Parameters()))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Device/auspex-news2-1.0.0");
        assertThat(rollout("auspex-news2-1.0.0", new Parameters()).getParameterValue("stage"))
                .hasToString("active");
    }

    private void version(String version, int points, String rollout) throws IOException {
        var folder =
                Files.createDirectories(server().models().resolve("ward-pulse").resolve(version));
        Files.writeString(
                folder.resolve("model.yaml"), """
                model: ward-pulse
                version: %s
                title: Pulse on the ward
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: none}
                subject: Patient
                engine: {kind: scorecard}
                trigger: {on: ["Observation?code=%s|pulse"]}
                inputs:
                  - {name: pulse, from: "Observation?code=%s|pulse", value: value, unit: /min}
                outputs:
                  - {name: risk, kind: score, code: "%s|score", display: Pulse, bands: [{below: 2, risk: low}, {risk: high}]}
                scorecard:
                  source: none
                  items:
                    - {item: pulse, input: pulse, points: [{points: %d}]}
                rollout: %s
                """.formatted(version, SYSTEM, SYSTEM, SYSTEM, points, rollout));
    }

    private void pulse() {
        var pulse = Vitals.measured("p-roll", "8867-4", 80);
        pulse.getCode().getCodingFirstRep().setSystem(SYSTEM).setCode("pulse");
        server().client().create().resource(pulse).execute();
    }

    private void awaitStage(String stage) {
        assertThat(RunningServer.eventually(PATIENCE, () -> {
                    try {
                        return Optional.of(rollout(new Parameters()))
                                .filter(answer -> stage.equals(String.valueOf(answer.getParameterValue("stage"))));
                    } catch (BaseServerResponseException e) {
                        return Optional.empty();
                    }
                }))
                .isPresent();
    }

    private Parameters rollout(Parameters parameters) {
        return rollout("auspex-ward-pulse-2.0.0", parameters);
    }

    private Parameters rollout(String device, Parameters parameters) {
        return server().client()
                .operation()
                .onInstance("Device/" + device)
                .named("$rollout")
                .withParameters(parameters)
                .execute();
    }

    private Optional<Parameters.ParametersParameterComponent> comparison(String part, int least) {
        return Optional.ofNullable(rollout(new Parameters()).getParameter("comparison"))
                .filter(comparison -> Integer.parseInt(part(comparison, part)) >= least);
    }

    private static String part(Parameters.ParametersParameterComponent comparison, String name) {
        return comparison.getPart().stream()
                .filter(part -> part.getName().equals(name))
                .map(part -> part.getValue().primitiveValue())
                .findFirst()
                .orElseThrow();
    }

    private RiskAssessment asked(String model, boolean persist) {
        return (RiskAssessment) server().client()
                .operation()
                .onInstance("Patient/p-roll")
                .named("$predict")
                .withParameters(
                        new Parameters().addParameter("model", model).addParameter("persist", new BooleanType(persist)))
                .returnResourceType(Bundle.class)
                .execute()
                .getEntryFirstRep()
                .getResource();
    }

    private List<RiskAssessment> results() {
        return server().results("p-roll");
    }

    private String performer(RiskAssessment result) {
        return result.getPerformer().getReference();
    }

    private Device device() {
        return server().client()
                .read()
                .resource(Device.class)
                .withId("auspex-ward-pulse-2.0.0")
                .execute();
    }

    private List<String> audited() {
        return server()
                .client()
                .search()
                .byUrl("AuditEvent?entity=" + NEW)
                .returnBundle(Bundle.class)
                .execute()
                .getEntry()
                .stream()
                .map(entry -> ((AuditEvent) entry.getResource()).getOutcomeDesc())
                .toList();
    }

    private static void delete(java.nio.file.Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
