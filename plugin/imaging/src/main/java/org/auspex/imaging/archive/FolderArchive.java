package org.auspex.imaging.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.auspex.imaging.archive.ArchiveFailed.Kind;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Uid;

/**
 * A small archive in a folder, for one server. An object that was acknowledged is on the disk, whole. What is stored is never
 * changed: another object under the UID of one that is there is refused, and the same one again is fine.
 */
public final class FolderArchive implements Archive {

    private static final int LOCKS = 64;

    private final DicomToolkit toolkit;
    private final ReadLimits limits;
    private final long keepFree;
    private final Layout layout;
    private final WholeFiles files;
    private final HeaderFiles headers;
    private final Claims claims;
    private final ChangedStudies changed;
    private final List<Object> locks = Stream.generate(Object::new).limit(LOCKS).toList();

    /**
     * @param root is made if it is not there
     * @param limits of one object
     * @param keepFree bytes of the disk that stay free; objects are refused instead
     * @throws IOException if the folder cannot be made
     */
    public FolderArchive(Path root, DicomToolkit toolkit, ReadLimits limits, long keepFree, Clock clock)
            throws IOException {
        this.toolkit = toolkit;
        this.limits = limits;
        this.keepFree = keepFree;
        this.layout = new Layout(root.toAbsolutePath());
        Files.createDirectories(layout.incoming());
        Files.createDirectories(layout.changed());
        discard(layout.incoming());
        this.files = new WholeFiles(layout.incoming());
        this.headers = new HeaderFiles(files);
        this.claims = new Claims(layout, files);
        this.changed = new ChangedStudies(layout.changed(), clock);
    }

    /** What a server that died was about to write. */
    private static void discard(Path folder) throws IOException {
        try (var left = Files.list(folder)) {
            for (var file : (Iterable<Path>) left::iterator) {
                Files.delete(file);
            }
        }
    }

    /** Where files are best put that are to be stored: they are linked from there, and not copied. */
    public Path incoming() {
        return layout.incoming();
    }

    /** What the record does not know of yet. */
    public ChangedStudies changed() {
        return changed;
    }

    @Override
    public List<Stored> store(List<Path> objects) {
        return objects.stream().map(this::store).toList();
    }

    private Stored store(Path file) {
        var read = Optional.<DicomObject>empty();
        try {
            refuseWhenFull(Files.size(file));
            read = Optional.of(toolkit.read(file, limits));
            return store(file, read.get());
        } catch (DicomRefused e) {
            return refused(read, Stored.Reason.UNREADABLE, String.valueOf(e.getMessage()));
        } catch (ArchiveFailed e) {
            return refused(read, Stored.Reason.FULL, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return refused(
                    read,
                    hasRoom(0) ? Stored.Reason.PROCESSING : Stored.Reason.FULL,
                    "The archive could not write it: " + e.getClass().getSimpleName());
        }
    }

    private Stored store(Path file, DicomObject object) throws IOException {
        var uids = InstanceUids.of(object.dataset());
        var sopClass = new Uid(object.sopClassUid());
        var claim = new Claims.Claim(uids, ContentHash.of(file));
        synchronized (locks.get(Math.floorMod(uids.instance().hashCode(), LOCKS))) {
            var before = claims.find(uids.instance());
            var isThere = before.isPresent()
                    && Files.exists(layout.object(before.get().uids()));
            if (isThere && !before.get().equals(claim)) {
                return refused(
                        Optional.of(object),
                        Stored.Reason.DUPLICATE,
                        "Another object with SOP Instance UID %s is in the archive; give the new one a UID of its own"
                                .formatted(uids.instance()));
            }
            if (!isThere) {
                claims.put(claim);
                headers.write(layout.header(uids), object);
                put(file, layout.object(uids));
            }
        }
        changed.note(uids.study());
        return new Stored.Kept(sopClass.value(), uids);
    }

    private void put(Path file, Path target) throws IOException {
        if (!file.toAbsolutePath().startsWith(layout.incoming())) {
            files.copy(file, target);
            return;
        }
        try (var channel = java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        try {
            Files.createLink(target, file);
        } catch (UnsupportedOperationException | java.nio.file.FileSystemException noLinks) {
            files.copy(file, target);
        }
    }

    private static Stored.Refused refused(Optional<DicomObject> read, int reason, String why) {
        var header = read.map(DicomObject::dataset).orElseGet(Dataset::new);
        return new Stored.Refused(
                header.string(org.auspex.imaging.dicom.Tags.SOP_CLASS_UID),
                header.string(org.auspex.imaging.dicom.Tags.SOP_INSTANCE_UID),
                reason,
                why);
    }

    private void refuseWhenFull(long bytes) {
        if (!hasRoom(bytes)) {
            throw new ArchiveFailed(
                    Kind.FULL,
                    "The disk of %s has less than %d bytes to spare; make room, or lower auspex.dicom.archive.keep-free"
                            .formatted(layout.root(), bytes + keepFree));
        }
    }

    private boolean hasRoom(long bytes) {
        return layout.root().toFile().getUsableSpace() - bytes >= keepFree;
    }

    @Override
    public List<Dataset> search(Query query) {
        try {
            return new FolderSearch(layout, headers, query).run();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public void metadata(Uid study, Optional<Uid> series, Consumer<Dataset> each) {
        try {
            var count = 0;
            for (var folder : FolderSearch.within(layout.study(study), series)) {
                for (var object : FolderSearch.objects(folder)) {
                    each.accept(headers.read(Layout.header(object)));
                    count++;
                }
            }
            if (count == 0) {
                throw missing("series " + series.map(Uid::value).orElse(""), study);
            }
        } catch (java.nio.file.NoSuchFileException e) {
            throw missing("instance", study);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /**
     * The header of one instance.
     *
     * @throws ArchiveFailed if there is no such instance
     */
    public Dataset header(InstanceUids instance) {
        try {
            return headers.read(Layout.header(fetch(instance, layout.incoming())));
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /**
     * When an instance came, by the time of the file that is written beside it.
     *
     * @throws ArchiveFailed if there is no such instance
     */
    public Instant arrived(InstanceUids instance) {
        try {
            return Files.getLastModifiedTime(Layout.header(fetch(instance, layout.incoming())))
                    .toInstant();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public String url(InstanceUids instance) {
        return "dicomweb/" + instance.path();
    }

    @Override
    public Path fetch(InstanceUids instance, Path folder) {
        var object = layout.object(instance);
        if (!Files.exists(object)) {
            throw missing("instance " + instance.instance(), instance.study());
        }
        return object;
    }

    private static ArchiveFailed missing(String what, Uid study) {
        return new ArchiveFailed(Kind.NOT_FOUND, "There is no %s of study %s in the archive".formatted(what, study));
    }

    private ArchiveFailed broken(IOException e) {
        return new ArchiveFailed(Kind.MALFORMED, "The archive in %s cannot be read".formatted(layout.root()), e);
    }
}
