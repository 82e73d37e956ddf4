package org.auspex.benchmarks.kills;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a process and the one that started it say to each other, line by line. */
final class Console {

    private final PrintWriter out;
    private final BufferedReader in;

    Console(PrintWriter out) {
        this.out = out;
        this.in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    /** The next order; empty when nobody is there any more. */
    Optional<String> order() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
