package org.auspex.imaging.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.dicom.Uid;

/**
 * Which studies have got new instances that the record does not know of yet. Each is an empty file, noted before whoever sent
 * the instance is told that it was stored: a server that dies in between forgets none.
 */
public final class ChangedStudies {

    private static final String TAKEN = ".taken";

    private final Path folder;
    private final Clock clock;

    ChangedStudies(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        giveBackAll();
    }

    /**
     * A study that waits.
     *
     * @param last when it was last changed, or given back
     */
    public record Change(Uid study, Instant last) {}

    /** Says that a study is to be looked at. */
    public void note(Uid study) {
        try {
            Files.write(folder.resolve(study.value()), new byte[0]);
            Files.setLastModifiedTime(folder.resolve(study.value()), FileTime.from(clock.instant()));
        } catch (NoSuchFileException taken) {
            // Between the two lines somebody took it, who reads the study only now.
        } catch (IOException e) {
            throw new UncheckedIOException("It cannot be noted in %s that a study has changed".formatted(folder), e);
        }
        synchronized (this) {
            notifyAll();
        }
    }

    /** Waits until something is noted, or the time is over. */
    @SuppressWarnings("WaitNotInLoop") // whoever waits looks for changes whatever woke it
    public synchronized void await(java.time.Duration time) throws InterruptedException {
        wait(Math.max(1, time.toMillis()));
    }

    public List<Change> waiting() {
        try (var all = Files.list(folder)) {
            return all.filter(path -> !path.toString().endsWith(TAKEN))
                    .flatMap(path -> change(path).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The studies that have changed cannot be read from " + folder, e);
        }
    }

    /** From now on what is noted of the study is noted anew. False if somebody else has it. */
    public boolean take(Uid study) {
        return move(folder.resolve(study.value()), taken(study));
    }

    /** The record knows of everything that was there when it was taken. */
    public void done(Uid study) {
        try {
            Files.deleteIfExists(taken(study));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be deleted".formatted(taken(study)), e);
        }
    }

    /** The record does not; it is to be tried again. */
    public void giveBack(Uid study) {
        note(study);
        done(study);
    }

    private Path taken(Uid study) {
        return folder.resolve(study.value() + TAKEN);
    }

    /** Of a server that died over them. */
    private void giveBackAll() {
        try (var all = Files.list(folder)) {
            all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(TAKEN))
                    .map(name -> new Uid(name.substring(0, name.length() - TAKEN.length())))
                    .forEach(this::giveBack);
        } catch (IOException e) {
            throw new UncheckedIOException("The studies that have changed cannot be read from " + folder, e);
        }
    }

    private static Optional<Change> change(Path path) {
        try {
            return Optional.of(new Change(
                    new Uid(path.getFileName().toString()),
                    Files.getLastModifiedTime(path).toInstant()));
        } catch (NoSuchFileException taken) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be moved".formatted(from), e);
        }
    }
}
