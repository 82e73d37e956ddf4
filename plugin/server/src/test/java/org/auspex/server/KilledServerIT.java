package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that users start, killed without warning after it acknowledged a write. */
class KilledServerIT {

    private static final Path JAR = Path.of("target/auspex-server.jar");
    private static final Duration START = Duration.ofMinutes(3);

    @TempDir
    private Path home;

    @Test
    void aServerKilledAfterTheCommitMakesThePredictionAfterRestart() throws Exception {
        // Ten seconds of debounce lie between the commit and the prediction, so the kill comes in between.
        DroppedModels.card(home.resolve("models"), "waits", """
                model: waits
                version: 1.0.0
                title: Fast pulse, after a while
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: none}
                subject: Patient
                engine: {kind: scorecard}
                trigger: {on: ["Observation?code=http://loinc.org|8867-4"], debounce: PT10S}
                inputs:
                  - {name: pulse, from: "Observation?code=http://loinc.org|8867-4", value: value, unit: /min}
                outputs:
                  - {name: fast, kind: score, code: "https://example.org/score|fast", display: Fast pulse}
                scorecard:
                  source: none
                  items:
                    - {item: pulse, input: pulse, points: [{to: 100, points: 0}, {points: 1}]}
                """);
        var port = freePort();
        var first = start(port);
        try {
            client(port)
                    .transaction()
                    .withBundle(Vitals.transaction(
                            Vitals.patient("p-killed", "1950-01-01"),
                            java.util.List.of(Vitals.measured("p-killed", "8867-4", 135))))
                    .execute();
            assertThat(results(port)).isZero();
        } finally {
            first.destroyForcibly().waitFor();
        }

        var second = start(port);
        try {
            assertThat(RunningServer.eventually(
                            Duration.ofSeconds(30),
                            () -> Optional.of(results(port)).filter(found -> found > 0)))
                    .contains(1);
        } finally {
            second.destroy();
            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Process start(int port) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-jar",
                        JAR.toAbsolutePath().toString(),
                        "--server.port=" + port,
                        "--auspex.home=" + home)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(Files.createDirectories(Path.of("target"))
                        .resolve("killed-server.log")
                        .toFile()))
                .start();
        var ready = RunningServer.eventually(START, () -> answers(port) ? Optional.of(true) : Optional.empty());
        if (ready.isEmpty()) {
            process.destroyForcibly();
        }
        assertThat(ready).as("the server starts; see target/killed-server.log").isPresent();
        return process;
    }

    private static boolean answers(int port) {
        try {
            client(port)
                    .capabilities()
                    .ofType(org.hl7.fhir.r4.model.CapabilityStatement.class)
                    .execute();
            return true;
        } catch (ca.uhn.fhir.rest.client.exceptions.FhirClientConnectionException e) {
            return false;
        }
    }

    private static int results(int port) {
        return client(port)
                .search()
                .byUrl("RiskAssessment?patient=p-killed")
                .returnBundle(Bundle.class)
                .execute()
                .getEntry()
                .size();
    }

    private static IGenericClient client(int port) {
        var fhir = FhirContext.forR4Cached();
        fhir.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
        return fhir.newRestfulGenericClient("http://localhost:" + port + "/fhir");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
