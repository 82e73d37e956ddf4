package org.auspex.kernel.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which files of weights may be opened at all.
 *
 * @param maxBytes the largest file, and the most that an archive may unpack to
 * @param seen where hashes are noted that were seen first, for bundles that name none; empty = a hash must be named
 */
public record WeightsPolicy(long maxBytes, Optional<FirstSeen> seen) {

    /** One gibibyte, and every hash must be named. */
    public static final WeightsPolicy STRICT = new WeightsPolicy(1L << 30, Optional.empty());

    /**
     * What is wrong with a file before its content is trusted: its size, and for TorchScript its archive. Nothing in it is
     * executed or unpacked.
     *
     * @param torch whether it must be TorchScript, and else ONNX
     */
    public Optional<Problem> problem(Path file, boolean torch) throws IOException {
        var size = Files.size(file);
        if (size > maxBytes) {
            return Optional.of(new Problem(
                    0,
                    "%s has %d bytes, more than auspex.models.max-bytes = %d"
                            .formatted(file.getFileName(), size, maxBytes),
                    "take a smaller file, or raise the limit and the memory"));
        }
        return torch ? TorchArchive.problem(file, maxBytes) : OnnxFile.problem(file);
    }
}
