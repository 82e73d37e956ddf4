package org.auspex.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.auspex.kernel.model.Sha256;

/** Writes a folder of a small network with two inputs, {@code a} and {@code b}. */
final class TorchModel {

    private static final Path WEIGHTS = Path.of("src/test/resources/torch");

    private TorchModel() {}

    static Path write(Path root, String name, String weights) throws IOException {
        var folder = Files.createDirectories(root.resolve(name).resolve("1.0.0"));
        writeInto(folder, name, "1.0.0", weights);
        return folder;
    }

    static void writeInto(Path folder, String name, String version, String weights) throws IOException {
        writeInto(folder, name, version, WEIGHTS.resolve(weights));
    }

    static void writeInto(Path folder, String name, String version, Path weights) throws IOException {
        swap(folder, weights);
        Files.writeString(folder.resolve("model.yaml"), """
                model: %s
                version: %s
                title: Small network
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: Apache-2.0}
                subject: Patient
                engine: {kind: pytorch, file: model.pt, sha256: "%s"}
                inputs:
                  - name: a
                    from: Observation?code=http://loinc.org|8310-5
                    value: value
                    unit: "1"
                    missing: indicator
                  - name: b
                    from: Observation?code=http://loinc.org|8867-4
                    value: value
                    unit: "1"
                    missing: indicator
                outputs:
                  - name: risk
                    kind: probability
                    display: Risk
                    outcome: {system: http://snomed.info/sct, code: "53741008"}
                    bands:
                      - {below: 60, risk: low}
                      - {risk: high, text: above sixty}
                """.formatted(name, version, Sha256.of(weights)));
    }

    /** Puts other weights where the card's are. */
    static void swap(Path folder, Path weights) throws IOException {
        Files.copy(weights, folder.resolve("model.pt"), StandardCopyOption.REPLACE_EXISTING);
    }

    static Path weights(String name) {
        return WEIGHTS.resolve(name);
    }
}
