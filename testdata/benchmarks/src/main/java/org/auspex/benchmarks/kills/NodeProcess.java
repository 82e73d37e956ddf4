package org.auspex.benchmarks.kills;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link Node} in a process of its own, which can be killed, stopped and continued. */
final class NodeProcess {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final PrintWriter orders;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final Set<String> acknowledged;

    private NodeProcess(Process process, Set<String> acknowledged) {
        this.process = process;
        this.orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.acknowledged = acknowledged;
        var ear = new Thread(this::listen, "ear");
        ear.setDaemon(true);
        ear.start();
    }

    /**
     * Starts one and waits until it works.
     *
     * @param acknowledged where the ids of writes are noted that the process says are committed
     * @param java options of the JVM
     */
    static NodeProcess start(TriedDatabase database, Set<String> acknowledged, Path log, String... java) {
        var node = launch(database, acknowledged, log, java);
        node.await("ready");
        return node;
    }

    /** Lets one start and end in peace, so that the classes of the next ones load in half the time. */
    static String fasterStart(TriedDatabase database, Path folder, Path log) {
        var archive = folder.resolve("classes.jsa");
        var node = start(database, nothingAcknowledged(), log, "-XX:ArchiveClassesAtExit=" + archive);
        node.orders.close();
        try {
            node.process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
        return "-XX:SharedArchiveFile=" + archive;
    }

    /** The same without waiting, for one that may die at once. */
    static NodeProcess launch(TriedDatabase database, Set<String> acknowledged, Path log, String... java) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(java));
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("java.class.path"),
                "org.auspex.benchmarks.Benchmarks",
                "kills",
                "node",
                "--url",
                database.url(),
                "--user",
                database.user()));
        try {
            return new NodeProcess(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start(),
                    acknowledged);
        } catch (IOException e) {
            throw new UncheckedIOException("The process cannot be started", e);
        }
    }

    /** Writes rows {@code from} to {@code to}, and stands still at a stage. */
    void write(int from, int to, Stage stopAt) {
        order("write %d %d %s".formatted(from, to, stopAt));
    }

    /** The same with one value in all of them. */
    void write(int from, int to, int pulse) {
        order("write %d %d %s %d".formatted(from, to, Stage.ANYWHERE, pulse));
    }

    void order(String line) {
        orders.println(line);
    }

    /** Waits until no question is open, and says how long that took. */
    Duration settle() {
        order("wait");
        return Duration.ofMillis(Long.parseLong(await("settled").split(" ")[1]));
    }

    /** Waits for a line that begins so. */
    String await(String beginning) {
        return await(beginning, PATIENCE)
                .orElseThrow(() -> new IllegalStateException(
                        "The process %s and never said '%s'".formatted(isAlive() ? "runs" : "died", beginning)));
    }

    Optional<String> await(String beginning, Duration patience) {
        var end = System.nanoTime() + patience.toNanos();
        try {
            while (System.nanoTime() < end) {
                var line = said.poll(50, TimeUnit.MILLISECONDS);
                if (line != null && line.startsWith(beginning)) {
                    return Optional.of(line);
                }
                if (line == null && !process.isAlive()) {
                    return Optional.empty();
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
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

    /** {@code kill -STOP}: the process sleeps and notices nothing. */
    void sleep() {
        signal("-STOP");
    }

    /** {@code kill -CONT}. */
    void wake() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            if (new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                            .start()
                            .waitFor()
                    != 0) {
                throw new IllegalStateException("kill %s failed".formatted(signal));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("This needs the command kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("committed ")) {
                    acknowledged.add(line.substring("committed ".length()));
                }
                said.add(line);
            }
        } catch (IOException e) {
            // The pipe of a killed process breaks in the middle of a line.
            said.add("broke off");
        }
    }

    static Set<String> nothingAcknowledged() {
        return ConcurrentHashMap.newKeySet();
    }
}
