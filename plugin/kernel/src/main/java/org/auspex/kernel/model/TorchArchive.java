package org.auspex.kernel.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A look at a TorchScript file from outside. It is a zip archive whose {@code code/} holds the network's program, in a language
 * without Python, though with operators that open files; so it still takes somebody who trusts it and writes its hash. A
 * checkpoint without {@code code/} is a pickle, which can run any program when it is opened, and is never opened here.
 */
final class TorchArchive {

    private static final int PICKLE = 0x80;
    private static final int MOST_ENTRIES = 200_000;
    private static final String EXPORT = "export it with torch.jit.script(model).save(...), or for a MONAI bundle with "
            + "python -m monai.bundle ckpt_export";

    private TorchArchive() {}

    /** What is wrong with it; empty if a library may try to open it. */
    static Optional<Problem> problem(Path file, long maxBytes) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            return problem(file, zip, maxBytes);
        } catch (ZipException e) {
            return Optional.of(new Problem(0, file.getFileName() + " is " + whatItIs(file, e), EXPORT));
        }
    }

    private static String whatItIs(Path file, ZipException why) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return switch (in.read()) {
                case PICKLE -> "a pickle, which can run any program when it is opened";
                case 'P' -> "a TorchScript archive that is cut off or damaged (%s)".formatted(why.getMessage());
                default -> "no TorchScript archive";
            };
        }
    }

    private static Optional<Problem> problem(Path file, ZipFile zip, long maxBytes) {
        long bytes = 0;
        var hasCode = false;
        var hasPickle = false;
        if (zip.size() > MOST_ENTRIES) {
            return unsafe(file, "%d entries".formatted(zip.size()));
        }
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            var entry = entries.nextElement();
            var name = entry.getName();
            if (name.startsWith("/")
                    || name.contains("\\")
                    || name.contains(":")
                    || ("/" + name + "/").contains("/../")) {
                return unsafe(file, "the entry '%s', which leads out of it".formatted(name));
            }
            bytes += Math.max(entry.getSize(), 0);
            if (entry.getSize() > maxBytes || bytes > maxBytes) {
                return unsafe(
                        file, "entries that unpack to more than auspex.models.max-bytes = %d".formatted(maxBytes));
            }
            hasCode |= name.contains("/code/");
            hasPickle |= name.endsWith("/data.pkl");
        }
        if (hasCode) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                0,
                file.getFileName()
                        + (hasPickle
                                ? " is a checkpoint made by torch.save, a pickle"
                                : " is a zip archive, and no TorchScript"),
                EXPORT));
    }

    private static Optional<Problem> unsafe(Path file, String what) {
        return Optional.of(new Problem(0, "the archive %s has %s".formatted(file.getFileName(), what), EXPORT));
    }
}
