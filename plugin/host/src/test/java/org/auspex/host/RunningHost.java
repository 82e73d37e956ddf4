package org.auspex.host;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.RiskAssessment;

/**
 * The host as a process of its own, started as the starter's image is: the war's own libraries first, then the folder.
 * Its working directory cannot be written where Auspex would, its user has no home directory, its heap is 1 GB.
 */
final class RunningHost implements AutoCloseable {

    /** The folder as it is packaged. */
    static final Path FOLDER = Path.of(System.getProperty("auspex.plugin.folder", ""));

    static final FhirContext FHIR = FhirContext.forR4();

    private static final Path WAR = Path.of(System.getProperty("auspex.host.war", ""));
    private static final Duration START = Duration.ofMinutes(5);

    private final Process process;
    private final Path log;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningHost(Process process, Path log, String url) {
        this.process = process;
        this.log = log;
        this.url = url;
    }

    static RunningHost with(Path directory, String... settings) throws IOException {
        return start(directory, Optional.of(FOLDER), settings);
    }

    static RunningHost without(Path directory, String... settings) throws IOException {
        return start(directory, Optional.empty(), settings);
    }

    private static RunningHost start(Path directory, Optional<Path> plugin, String... settings) throws IOException {
        var app = app(directory);
        var port = freePort();
        var log = Files.createTempFile(directory, "host", ".log");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=/nonexistent",
                "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")),
                "--class-path",
                "main.war",
                "-Dloader.path=main.war!/WEB-INF/classes/,main.war!/WEB-INF/"
                        + plugin.map(folder -> "," + folder.toAbsolutePath().normalize())
                                .orElse(""),
                "org.springframework.boot.loader.PropertiesLauncher",
                "--server.port=" + port,
                "--logging.pattern.console=%logger|%level|%msg%n"));
        command.addAll(List.of(settings));
        var process = new ProcessBuilder(command)
                .directory(app.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var host = new RunningHost(process, log, "http://localhost:" + port);
        host.awaitReady();
        return host;
    }

    /** A file stands where Auspex would make its folder, which stops root as well. */
    private static Path app(Path directory) throws IOException {
        var app = Files.createDirectories(directory.resolve("app"));
        if (!Files.exists(app.resolve("main.war"))) {
            Files.createSymbolicLink(app.resolve("main.war"), WAR.toAbsolutePath());
            Files.createFile(app.resolve("auspex-home"));
        }
        return app;
    }

    private void awaitReady() {
        var ready = eventually(START, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("The host stopped:\n" + String.join("\n", log()));
            }
            return log().stream()
                    .filter(line -> line.startsWith("org.auspex.host.HostApplication|INFO|Started"))
                    .findFirst();
        });
        if (ready.isEmpty()) {
            throw new IllegalStateException("The host did not start:\n" + String.join("\n", log()));
        }
    }

    /** A client of the FHIR endpoint, or of a tenant's ({@code /TENANT}). */
    IGenericClient client(String tenant) {
        FHIR.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
        FHIR.getRestfulClientFactory().setSocketTimeout(120_000);
        return FHIR.newRestfulGenericClient(url + "/fhir" + tenant);
    }

    String url(String path) {
        return url + path;
    }

    IGenericClient client() {
        return client("");
    }

    List<RiskAssessment> results(String tenant, String patient) {
        return client(tenant)
                .search()
                .byUrl("RiskAssessment?_count=200&patient=" + patient)
                .cacheControl(new ca.uhn.fhir.rest.api.CacheControlDirective().setNoCache(true))
                .returnBundle(Bundle.class)
                .execute()
                .getEntry()
                .stream()
                .map(entry -> (RiskAssessment) entry.getResource())
                .toList();
    }

    /** What the probe says is registered. */
    String probe(String what) {
        return send(HttpRequest.newBuilder(URI.create(url + "/probe/" + what)).GET());
    }

    /** The answers of a query for one column. */
    List<String> query(String sql) {
        var json = post("/probe/query", sql);
        return Stream.of(json.replaceAll("^\\[|]$", "").split(",", -1))
                .filter(text -> !text.isEmpty())
                .map(text -> text.replace("\"", ""))
                .toList();
    }

    /** A client of the host's tools, which sends an HTTP header with every message. */
    Tools tools(String... header) {
        return new Tools(http, URI.create(url + "/mcp/messages"), header);
    }

    String post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code logger|level|message} */
    List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Auspex and the libraries that only it brings have logged, and Flyway, which the host does not use. */
    List<String> logOfAuspex() {
        return log().stream()
                .filter(line -> line.matches("(org\\.auspex|ai\\.djl|org\\.flywaydb)\\..*"))
                .filter(line -> !line.startsWith("org.auspex.host."))
                .toList();
    }

    static <T> Optional<T> eventually(Duration patience, Supplier<Optional<T>> question) {
        var end = Instant.now().plus(patience);
        var answer = question.get();
        while (answer.isEmpty() && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            answer = question.get();
        }
        return answer;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("The host did not stop:\n" + String.join("\n", log()));
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
