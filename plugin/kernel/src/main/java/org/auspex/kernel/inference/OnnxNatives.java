package org.auspex.kernel.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Puts ONNX Runtime's native libraries where the operator says. By itself it unpacks them among the temporary files at every
 * start, where a container may forbid to run anything.
 */
final class OnnxNatives {

    private static final String PLACE = "onnxruntime.native.path";
    private static final String INSIDE = "/ai/onnxruntime/native/linux-x64/";
    private static final List<String> FILES = List.of("libonnxruntime.so", "libonnxruntime4j_jni.so");

    private OnnxNatives() {}

    /** Does nothing where the operator has said otherwise, on another system, and without ONNX Runtime. */
    static void prepare(Path cache) {
        var linux = System.getProperty("os.name", "").equals("Linux")
                && System.getProperty("os.arch", "").equals("amd64");
        var absent = FILES.stream().anyMatch(file -> OnnxNatives.class.getResource(INSIDE + file) == null);
        if (!linux || absent || System.getProperty(PLACE) != null) {
            return;
        }
        var folder = cache.resolve("onnxruntime");
        try {
            Files.createDirectories(folder);
            for (var file : FILES) {
                unpack(file, folder.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "ONNX Runtime's libraries cannot be written to %s; set auspex.home to a folder that can be"
                            .formatted(folder),
                    e);
        }
        System.setProperty(PLACE, folder.toString());
    }

    /** Whole or not at all: another process may be loading it. */
    private static void unpack(String file, Path target) throws IOException {
        try (var in = OnnxNatives.class.getResourceAsStream(INSIDE + file)) {
            if (in == null) {
                throw new IOException(file + " is gone");
            }
            var part = Files.createTempFile(target.getParent(), file, ".part");
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            if (Files.exists(target) && Files.mismatch(part, target) == -1) {
                Files.delete(part);
            } else {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
