package org.auspex.imaging.study;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.auspex.imaging.archive.ChangedStudies;
import org.auspex.imaging.archive.ChangedStudies.Change;
import org.auspex.imaging.dicom.Uid;
import org.auspex.kernel.StudyRecord;
import org.auspex.kernel.StudyRecord.Unlinked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what arrives into the record, when no more of it has arrived for a moment. One study that cannot be put there keeps none
 * of the others waiting; it is tried again, after longer and longer.
 */
public final class StudyWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StudyWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int REPORTED_AFTER = 5;
    /** A study that never pauses is put into the record this many times later than one that does. */
    private static final int PATIENCE = 10;

    private final ChangedStudies changed;
    private final Consumer<Uid> work;
    private final StudyRecord record;
    private final Clock clock;
    private final Duration quiet;
    private final Thread thread;
    private final Map<Uid, Instant> first = new HashMap<>();
    private final Map<Uid, Trouble> troubles = new HashMap<>();
    private volatile boolean ends;

    private record Trouble(int failures, Instant until) {}

    /**
     * @param work what is done with a study; if it throws, it is done again
     * @param quiet how long nothing of a study arrives before it is put into the record
     */
    public StudyWatch(ChangedStudies changed, Consumer<Uid> work, StudyRecord record, Duration quiet, Clock clock) {
        this.changed = changed;
        this.work = work;
        this.record = record;
        this.quiet = quiet;
        this.clock = clock;
        this.thread = new Thread(this::watch, "auspex-studies");
    }

    /** What an operator asked for while the server was down counts too. */
    public void start() {
        thread.start();
    }

    private void watch() {
        try {
            record.askedAgain().forEach(uid -> changed.note(new Uid(uid)));
        } catch (RuntimeException e) {
            LOG.error("The Tasks about studies cannot be read; set their status once more", e);
        }
        while (!ends) {
            try {
                var soon = quiet.compareTo(LOOK) < 0 ? quiet : LOOK;
                changed.await(soon.dividedBy(2));
                changed.waiting().stream().filter(this::isDue).forEach(change -> link(change.study()));
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("The folder of changed studies cannot be read", e);
            }
        }
    }

    private boolean isDue(Change change) {
        var now = clock.instant();
        var trouble = troubles.get(change.study());
        if (trouble != null && now.isBefore(trouble.until())) {
            return false;
        }
        var since = first.computeIfAbsent(change.study(), study -> change.last());
        return !now.isBefore(change.last().plus(quiet)) || !now.isBefore(since.plus(quiet.multipliedBy(PATIENCE)));
    }

    private void link(Uid study) {
        first.remove(study);
        if (!changed.take(study)) {
            return;
        }
        try {
            work.accept(study);
            troubles.remove(study);
            changed.done(study);
        } catch (RuntimeException e) {
            changed.giveBack(study);
            failed(study, e);
        }
    }

    /** Somebody was faster, the database is away, a file is broken: all of that is tried again, and told if it stays. */
    private void failed(Uid study, RuntimeException why) {
        var failures = troubles.getOrDefault(study, new Trouble(0, Instant.MIN)).failures() + 1;
        var pause = quiet.multipliedBy(1L << Math.min(failures, PATIENCE));
        troubles.put(
                study,
                new Trouble(
                        failures, clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE)));
        LOG.warn("DICOM study {} could not be put into the record; attempt {} failed", study, failures, why);
        if (failures == REPORTED_AFTER) {
            report(study, why);
        }
    }

    private void report(Uid study, RuntimeException why) {
        try {
            record.unlinked(new Unlinked(
                    study.value(),
                    java.util.Optional.empty(),
                    "The study could not be put into the record: %s. It is tried again; the log has the whole error"
                            .formatted(why.getClass().getSimpleName())));
        } catch (RuntimeException e) {
            LOG.error("That DICOM study {} is in nobody's record could not be written", study, e);
        }
    }

    @Override
    public void close() {
        ends = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
