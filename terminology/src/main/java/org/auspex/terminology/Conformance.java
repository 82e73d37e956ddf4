package org.auspex.terminology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The FHIR conformance resources that Auspex publishes, as JSON. */
public final class Conformance {

    private static final List<String> FILES = List.of(
            "CodeSystem-measurement.json",
            "CodeSystem-risk-band.json",
            "CodeSystem-state.json",
            "OperationDefinition-predict.json");

    private Conformance() {}

    public static List<String> resources() {
        return FILES.stream().map(Conformance::read).toList();
    }

    private static String read(String file) {
        try (var in = Conformance.class.getResourceAsStream("conformance/" + file)) {
            if (in == null) {
                throw new IllegalStateException("No conformance resource " + file + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
