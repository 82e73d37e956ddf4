package org.auspex.imaging.pictures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.auspex.imaging.archive.Archive;
import org.auspex.imaging.archive.ArchiveFailed;
import org.auspex.imaging.archive.Stored;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.pixels.ImageSeries;
import org.auspex.imaging.pixels.SeriesReader;
import org.auspex.kernel.images.ImageRefused;

/** Brings objects of archives within reach to read them, and puts new ones there. Copies live in a folder as long as that takes. */
public final class PictureReader {

    private final DicomToolkit toolkit;
    private final SeriesReader series;
    private final Path folder;
    private final ReadLimits limits;

    /**
     * @param folder for copies
     */
    public PictureReader(DicomToolkit toolkit, SeriesReader series, Path folder, ReadLimits limits) {
        this.toolkit = toolkit;
        this.series = series;
        this.folder = folder;
        this.limits = limits;
    }

    /** @throws ImageRefused if it cannot be fetched or read */
    ImageSeries read(StudyPicture.Place place, int frame) {
        return read(place, objects -> frame == 0 ? series.volume(objects) : series.image(objects.get(0), frame));
    }

    /** What is made of objects while they are within reach. */
    interface Reading<T> {
        T of(List<DicomObject> objects) throws IOException;
    }

    /**
     * What objects say.
     *
     * @throws ImageRefused if they cannot be fetched or read
     */
    <T> T read(StudyPicture.Place place, Reading<T> reading) {
        try {
            return within(copies -> {
                var objects = new ArrayList<DicomObject>();
                for (var instance : place.instances()) {
                    objects.add(toolkit.read(place.archive().fetch(instance, copies), limits));
                }
                return reading.of(objects);
            });
        } catch (DicomRefused | ArchiveFailed e) {
            throw new ImageRefused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new ImageRefused("a copy of it could not be read (%s); is the disk full?".formatted(e));
        }
    }

    /**
     * Stores objects; again does no harm.
     *
     * @throws ArchiveFailed if one of them is not in the archive afterwards
     */
    void store(List<DicomObject> objects, Archive archive) {
        try {
            within(files -> {
                var written = new ArrayList<Path>();
                for (var object : objects) {
                    var file = files.resolve(written.size() + ".dcm");
                    try (var out = Files.newOutputStream(file)) {
                        toolkit.write(object, out);
                    }
                    written.add(file);
                }
                for (var stored : archive.store(written)) {
                    // UIDs follow from the result, so what is there under one is this result, kept at an earlier try.
                    if (stored instanceof Stored.Refused refused && refused.reason() != Stored.Reason.DUPLICATE) {
                        throw new ArchiveFailed(
                                ArchiveFailed.Kind.REFUSED,
                                "The archive did not take the result: %s".formatted(refused.why()));
                    }
                }
                return written;
            });
        } catch (IOException e) {
            throw new ArchiveFailed(
                    ArchiveFailed.Kind.FULL,
                    "The result could not be written to %s".formatted(folder.getFileName()),
                    e);
        }
    }

    /** Work with files. */
    private interface Work<T> {
        T in(Path copies) throws IOException;
    }

    private <T> T within(Work<T> work) throws IOException {
        var copies = Files.createTempDirectory(Files.createDirectories(folder), "images");
        try {
            return work.in(copies);
        } finally {
            delete(copies);
        }
    }

    private static void delete(Path copies) throws IOException {
        try (Stream<Path> files = Files.walk(copies)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
