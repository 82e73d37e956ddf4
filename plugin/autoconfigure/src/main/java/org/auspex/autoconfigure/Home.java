package org.auspex.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder for what Auspex writes beside the database: the shipped models, laid out as folders, and the native
 * libraries of the engines. Both can be made again, so the folder may be lost, but for {@link #firstSeen} and {@link #images}.
 */
record Home(Path path) {

    private static final Path USUAL = Path.of("auspex-home");

    /**
     * What the operator set must be writable. Where nothing is set, it is {@code ./auspex-home}, or a folder for
     * temporary files where the working directory is read-only, as in a container.
     */
    static Home of(@Nullable Path set) {
        if (set != null) {
            return new Home(writable(set.toAbsolutePath()));
        }
        try {
            return new Home(writable(USUAL.toAbsolutePath()));
        } catch (IllegalStateException readOnly) {
            return new Home(
                    writable(Path.of(System.getProperty("java.io.tmpdir")).resolve(USUAL)));
        }
    }

    Path natives() {
        return path.resolve("djl");
    }

    /** Hashes of weights that named none; they cannot be made again. */
    Path firstSeen() {
        return path.resolve("weights-seen");
    }

    /** Where the operator drops what {@code evaluate --calibration} wrote. */
    Path calibrations() {
        return path.resolve("calibrations");
    }

    Path shippedModels() {
        return path.resolve("shipped-models");
    }

    /** Images that were stored here, and nowhere else. */
    Path images(DicomSettings.ArchiveSettings settings) {
        return settings.path() == null ? path.resolve("dicom") : settings.path().toAbsolutePath();
    }

    /** Copies of objects while they are read. */
    Path copies() {
        return path.resolve("copies");
    }

    Path models(AuspexSettings.ModelSettings settings) {
        return settings.path() == null
                ? path.resolve("models")
                : settings.path().toAbsolutePath();
    }

    private static Path writable(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw refused(folder, e);
        }
        if (!Files.isWritable(folder)) {
            throw refused(folder, null);
        }
        return folder;
    }

    private static IllegalStateException refused(Path folder, @Nullable Throwable cause) {
        return new IllegalStateException(
                "The folder %s cannot be made or written. Point auspex.home at one that can, for example on a volume."
                        .formatted(folder),
                cause);
    }
}
