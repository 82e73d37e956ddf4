package org.auspex.imaging.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;

/** Reads objects of archives. Copies of what is elsewhere live in a folder as long as the work with them takes. */
public final class Copies {

    private final Path folder;
    private final DicomToolkit toolkit;
    private final ReadLimits limits;

    /**
     * @param folder is made when it is needed
     * @param limits of one object
     */
    public Copies(Path folder, DicomToolkit toolkit, ReadLimits limits) {
        this.folder = folder;
        this.toolkit = toolkit;
        this.limits = limits;
    }

    /** Work with files of a folder of its own, which is deleted afterwards. */
    public interface Work<T> {
        T in(Path copies) throws IOException;
    }

    /** @throws IOException if a file cannot be written or read */
    public <T> T within(Work<T> work) throws IOException {
        var copies = Files.createTempDirectory(Files.createDirectories(folder), "images");
        try {
            return work.in(copies);
        } finally {
            delete(copies);
        }
    }

    /**
     * An object, whose long values stay in its file.
     *
     * @param copies as {@link Work} got it
     * @throws DicomRefused if it cannot be read
     * @throws ArchiveFailed if the archive does not have or give it
     */
    public DicomObject read(Archive archive, InstanceUids instance, Path copies) throws IOException {
        return toolkit.read(archive.fetch(instance, copies), limits);
    }

    /** Puts an object into a new file of the folder. */
    public Path write(DicomObject object, Path copies) throws IOException {
        var file = Files.createTempFile(copies, "object", ".dcm");
        try (var out = Files.newOutputStream(file)) {
            toolkit.write(object, out);
        }
        return file;
    }

    private static void delete(Path copies) throws IOException {
        try (Stream<Path> files = Files.walk(copies)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
