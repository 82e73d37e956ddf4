package org.auspex.language.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The lists that ship as data: UTF-8, one entry a line, columns divided by tabs; lines that begin with # are comments. */
public final class Lines {

    private Lines() {}

    /** @param name of a resource beside {@code owner} */
    public static List<String[]> of(Class<?> owner, String name) {
        var stream = Objects.requireNonNull(
                owner.getResourceAsStream(name), () -> "There is no resource %s beside %s".formatted(name, owner));
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(name), e);
        }
    }
}
