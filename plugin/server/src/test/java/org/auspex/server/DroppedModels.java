package org.auspex.server;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Model folders as an informatician drops them into a running server. */
final class DroppedModels {

    private static final Path WEIGHTS = Path.of("../kernel/src/test/resources/torch");

    private static final Path BUNDLES = Path.of("../kernel/src/test/resources/monai");

    private DroppedModels() {}

    /**
     * A network that answers the mean of its inputs, or fails in the way its weights are named after: they do so above 900,
     * and the pulse is read per hour.
     */
    static Path network(Path models, String name, String weights) throws IOException {
        var folder = models.resolve(name).resolve("1.0.0");
        Files.createDirectories(folder);
        Files.copy(WEIGHTS.resolve(weights), folder.resolve("model.pt"));
        write(folder, """
                model: %s
                version: 1.0.0
                title: Small network
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: Apache-2.0}
                subject: Patient
                engine: {kind: pytorch, file: model.pt, sha256: "%s"}
                trigger: {on: ["Observation?code=http://loinc.org|8867-4"]}
                inputs:
                  - {name: pulse, from: "Observation?code=http://loinc.org|8867-4", value: value, unit: /h, missing: indicator}
                outputs:
                  - {name: risk, kind: probability, display: Risk}
                """.formatted(name, sha256(folder.resolve("model.pt"))));
        return folder;
    }

    /** A bundle of MONAI, copied as it is. */
    static void bundle(Path models, String name) throws IOException {
        var from = BUNDLES.resolve(name);
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = models.resolve(name).resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    static void swapWeights(Path folder, String weights) throws IOException {
        Files.copy(WEIGHTS.resolve(weights), folder.resolve("model.pt"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** A folder with this card. */
    static void card(Path models, String name, String yaml) throws IOException {
        write(Files.createDirectories(models.resolve(name).resolve("1.0.0")), yaml);
    }

    private static void write(Path folder, String yaml) throws IOException {
        Files.writeString(folder.resolve("model.yaml"), yaml);
    }

    private static String sha256(Path file) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return "%064x".formatted(new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
