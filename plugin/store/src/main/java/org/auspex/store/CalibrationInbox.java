package org.auspex.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.auspex.kernel.Models;
import org.auspex.kernel.model.CalibrationJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder where an operator drops what {@code evaluate --calibration} wrote. A file that fits a version that serves is kept for all
 * servers on this database, and the Device shows it; one that does not is refused, and the version serves as before.
 */
public final class CalibrationInbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CalibrationInbox.class);

    private final Path folder;
    private final Models models;
    private final Reports reports;
    private final Map<Path, FileTime> seen = new HashMap<>();
    private final Map<String, String> refused = new ConcurrentHashMap<>();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "auspex-calibrations");
        thread.setDaemon(true);
        return thread;
    });

    CalibrationInbox(Path folder, Models models, Reports reports) {
        this.folder = folder;
        this.models = models;
        this.reports = reports;
    }

    /** Looks at the folder again and again, each time after a pause. */
    public void watch(Duration pause) {
        timer.scheduleWithFixedDelay(this::lookSafely, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Files that are not used, by name, and why. */
    public Map<String, String> refused() {
        return Map.copyOf(refused);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void lookSafely() {
        try {
            look();
        } catch (IOException | RuntimeException e) {
            LOG.error("The calibrations in {} could not be looked at; the next look comes", folder, e);
        }
    }

    private void look() throws IOException {
        var files = files();
        seen.keySet().retainAll(files);
        refused.keySet().retainAll(files.stream().map(CalibrationInbox::name).toList());
        for (var file : files) {
            var changed = Files.getLastModifiedTime(file);
            if (!changed.equals(seen.get(file)) && take(file)) {
                seen.put(file, changed);
            }
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(file -> name(file).endsWith(".json")).sorted().toList();
        }
    }

    /** False if its version may serve later. */
    private boolean take(Path file) throws IOException {
        try {
            var calibration = CalibrationJson.read(Files.readString(file));
            var card = models.card(calibration.model());
            if (card.isEmpty()) {
                note(file, "%s does not serve".formatted(calibration.model()));
                return false;
            }
            var mismatch = calibration.mismatch(card.get());
            if (mismatch.isPresent()) {
                note(file, mismatch.get());
            } else {
                refused.remove(name(file));
                reports.calibrate(card.get(), calibration);
                LOG.info("{} is calibrated by {}", calibration.model(), file);
            }
        } catch (IllegalArgumentException e) {
            note(file, String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void note(Path file, String why) {
        if (!Optional.of(why).equals(Optional.ofNullable(refused.put(name(file), why)))) {
            LOG.error("The calibration {} is not used: {}", file, why);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
