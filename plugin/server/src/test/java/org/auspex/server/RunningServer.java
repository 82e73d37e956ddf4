package org.auspex.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.CacheControlDirective;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The real server on a free port of its own, with a database of its own. */
final class RunningServer implements AutoCloseable {

    private static final FhirContext FHIR = FhirContext.forR4();

    private final ConfigurableApplicationContext context;

    private RunningServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningServer start(String... settings) {
        return in(home(), settings);
    }

    /** The same in a folder that an earlier one may have left. */
    static RunningServer in(Path home, String... settings) {
        var arguments = new ArrayList<>(List.of(
                "--auspex.home=" + home.toAbsolutePath(),
                "--server.port=0",
                "--auspex.worklist.sweep=PT1S",
                "--auspex.models.poll=PT0.2S"));
        arguments.addAll(List.of(settings));
        return new RunningServer(SpringApplication.run(AuspexServer.class, arguments.toArray(String[]::new)));
    }

    /** A new folder for a server. */
    static Path home() {
        try {
            return Files.createTempDirectory(Path.of("target"), "home");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String base() {
        return "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + "/fhir";
    }

    /** Where models can be dropped. */
    Path models() {
        return Path.of(context.getEnvironment().getRequiredProperty("auspex.home"), "models");
    }

    IGenericClient client() {
        FHIR.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
        FHIR.getRestfulClientFactory().setSocketTimeout(120_000);
        return FHIR.newRestfulGenericClient(base());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** All RiskAssessments of a patient, newest version of each. */
    List<RiskAssessment> results(String patient) {
        return client()
                .search()
                .byUrl("RiskAssessment?_count=200&patient=" + patient)
                .returnBundle(Bundle.class)
                .execute()
                .getEntry()
                .stream()
                .map(entry -> (RiskAssessment) entry.getResource())
                .toList();
    }

    /** One page of what a search finds at this moment. */
    List<Resource> search(String url) {
        return client()
                .search()
                .byUrl(url)
                .cacheControl(new CacheControlDirective().setNoCache(true))
                .returnBundle(Bundle.class)
                .execute()
                .getEntry()
                .stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .toList();
    }

    /** Asks again and again until there is an answer, for at most {@code patience}. */
    static <T> Optional<T> eventually(Duration patience, Supplier<Optional<T>> question) {
        var end = Instant.now().plus(patience);
        var answer = question.get();
        while (answer.isEmpty() && Instant.now().isBefore(end)) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(20).toNanos());
            answer = question.get();
        }
        return answer;
    }

    @Override
    public void close() {
        context.close();
    }
}
