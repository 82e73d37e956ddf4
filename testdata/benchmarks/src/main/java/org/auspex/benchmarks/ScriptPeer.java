package org.auspex.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The script beside us, {@code peers/study.py}, in a process that stays. */
final class ScriptPeer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final PrintWriter questions;
    private final BufferedReader answers;

    /**
     * Starts it and waits until its network is loaded.
     *
     * @param script the command that runs it
     * @param model folder of the model
     * @param server address without a path
     */
    ScriptPeer(List<String> script, Path model, URI server) {
        this.process = start(script, "serve", model.toString(), server.toString());
        this.questions = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!line().equals("ready")) {
            throw new IllegalStateException("The script is not ready");
        }
    }

    /** Writes a study each, {@code 0.dcm} and so on, into a folder. */
    static void make(List<String> script, Path model, int count, Path folder) {
        try {
            var status = start(script, "make", model.toString(), String.valueOf(count), folder.toString())
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("The script ended with " + status
                        + "; it needs Python with pydicom and PyTorch (python3-pydicom, python3-torch)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** What it found and how many milliseconds each step took. */
    JsonNode predict(String uid, String patient, String study) {
        questions.println("%s %s %s".formatted(uid, patient, study));
        try {
            return JSON.readTree(line());
        } catch (IOException e) {
            throw new UncheckedIOException("The script's answer is no JSON", e);
        }
    }

    private String line() {
        try {
            var line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("The script has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(List<String> script, String... arguments) {
        try {
            var command = new ArrayList<>(script);
            command.addAll(List.of(arguments));
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Python cannot be started", e);
        }
    }

    @Override
    public void close() {
        questions.close();
        process.destroy();
    }
}
