package org.auspex.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The server's jar, run as its users run it, in a home of its own that is left behind for inspection. */
final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final int port;
    private final Path log;
    private final Duration start;

    private ServerProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
        var begun = System.nanoTime();
        awaitAnswer();
        this.start = Duration.ofNanos(System.nanoTime() - begun);
    }

    /**
     * Starts the jar and waits until it answers.
     *
     * @param java options of the JVM, such as {@code -Xmx2g}
     * @param settings as on the command line, such as {@code --auspex.worklist.batch=32}
     */
    static ServerProcess start(Path jar, List<String> java, List<String> settings) {
        try {
            return start(jar, java, Files.createTempDirectory("auspex-benchmark"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("A home for the server cannot be made", e);
        }
    }

    /** The same in a home where a server was before. */
    static ServerProcess start(Path jar, List<String> java, Path home, List<String> settings) {
        try {
            var port = freePort();
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
            command.addAll(java);
            command.addAll(
                    List.of("-jar", jar.toAbsolutePath().toString(), "--server.port=" + port, "--auspex.home=" + home));
            command.addAll(settings);
            var log = home.resolve("server.log");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ServerProcess(process, port, log);
        } catch (IOException e) {
            throw new UncheckedIOException("The server cannot be started from " + jar, e);
        }
    }

    /** Without a path. */
    URI address() {
        return URI.create("http://localhost:" + port);
    }

    Rest rest() {
        return new Rest(address().resolve("/fhir").toString());
    }

    /** From the start of the process to its first answer to {@code GET /fhir/metadata}. */
    Duration start() {
        return start;
    }

    /** Resident memory in MiB, as Linux counts it. */
    long residentMebibytes() {
        return residentMebibytes(process.pid());
    }

    /** The same of any process. */
    static long residentMebibytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException("The memory cannot be read; this needs Linux", e);
        }
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAnswer() {
        var rest = rest();
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!rest.answers("metadata")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException("The server did not start; see " + log);
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
