package org.auspex.kernel.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A look at an ONNX file from outside. Converters of scikit-learn end a classifier in a ZipMap, which gives a list of maps; no
 * tensor comes out of that.
 */
final class OnnxFile {

    /** The field {@code op_type} (4) of a node, six letters long, as protocol buffers write it. */
    private static final byte[] ZIP_MAP = "\"\u0006ZipMap".getBytes(StandardCharsets.US_ASCII);

    private OnnxFile() {}

    /** What is wrong with it; empty if a library may try to open it. */
    static Optional<Problem> problem(Path file) throws IOException {
        return holdsZipMap(file)
                ? Optional.of(new Problem(
                        0,
                        file.getFileName() + " ends in a ZipMap, which gives maps and no tensors",
                        "convert it again with options={'zipmap': False}"))
                : Optional.empty();
    }

    private static boolean holdsZipMap(Path file) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            int matched = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                matched = next == ZIP_MAP[matched] ? matched + 1 : next == ZIP_MAP[0] ? 1 : 0;
                if (matched == ZIP_MAP.length) {
                    return true;
                }
            }
            return false;
        }
    }
}
