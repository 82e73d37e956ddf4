package org.auspex.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.kernel.model.CardReader;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.monai.BundleReader;

/** What somebody has put where models are looked for. */
final class Dropped {

    private Dropped() {}

    /** Folders {@code name/version} with a card, bundles of MONAI as {@code name} or {@code name/version}, and archives. */
    static List<Path> in(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> found =
                Files.find(root, 2, (path, attributes) -> isModel(path, path.getNameCount() - root.getNameCount()))) {
            return found.sorted().toList();
        }
    }

    private static boolean isModel(Path path, int depth) {
        return depth == 1 && (BundleReader.isBundle(path) || isArchive(path))
                || depth == 2 && (Files.exists(path.resolve(CardReader.CARD)) || BundleReader.isBundle(path));
    }

    private static boolean isArchive(Path path) {
        var name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return (name.endsWith(".zip") || name.endsWith(".tar.gz") || name.endsWith(".tgz"))
                && Files.isRegularFile(path);
    }

    /** @throws CardRefused if it is one: it could unpack to anything, anywhere */
    static void requireNoArchive(Path found) throws CardRefused {
        if (isArchive(found)) {
            throw new CardRefused(
                    found,
                    List.of(new Problem(
                            0,
                            found.getFileName() + " is an archive, which is not unpacked here",
                            "unpack it beside itself, look at what is inside, and take the archive away")));
        }
    }

    /** Every file of a folder with its size and time. */
    static String looks(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(Dropped::stamp)
                    .collect(Collectors.joining("\n"));
        } catch (UncheckedIOException e) {
            // A file went away between being listed and being looked at: the next look will see.
            return "changing";
        }
    }

    private static String stamp(Path file) {
        try {
            return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code name|version}: by the last two folders of the path, or as a bundle says. */
    static String named(Path folder) {
        if (BundleReader.isBundle(folder)) {
            return BundleReader.named(folder);
        }
        if (isArchive(folder)) {
            return folder.getFileName() + "|archive";
        }
        var path = folder.toAbsolutePath();
        var depth = path.getNameCount();
        return path.getName(depth - 2) + "|" + path.getName(depth - 1);
    }
}
