package org.auspex.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.auspex.kernel.model.CardReader;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ConformalCalibration;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.model.Rollout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders that models come from. What is dropped there, changed or taken away while the server runs is served,
 * served anew or no longer served; a model that cannot be served keeps out nobody but itself.
 */
public final class ModelFolders implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelFolders.class);

    private final List<Path> roots;
    private final ModelLoader loader;
    private final Models models;
    private final Supplier<Map<ModelId, Rollout>> rollouts;
    private final Supplier<List<ConformalCalibration>> calibrations;
    /** How each folder looked when it was last loaded or refused. */
    private final Map<Path, String> known = new HashMap<>();
    /** What each folder was called when it was last loaded or refused; one that is gone cannot tell any more. */
    private final Map<Path, String> names = new HashMap<>();
    /** How a folder looked that has changed since: it is loaded once it looks the same twice, not half copied. */
    private final Map<Path, String> changing = new HashMap<>();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "auspex-model-folders");
        thread.setDaemon(true);
        return thread;
    });

    private boolean first = true;

    /**
     * @param roots folders of {@code name/version} folders; of two with the same name and version the first serves
     * @param rollouts what is chosen now instead of what cards say; another server may have been told
     */
    public ModelFolders(List<Path> roots, ModelLoader loader, Models models, Supplier<Map<ModelId, Rollout>> rollouts) {
        this(roots, loader, models, rollouts, List::of);
    }

    /**
     * @param roots folders of {@code name/version} folders; of two with the same name and version the first serves
     * @param rollouts what is chosen now instead of what cards say; another server may have been told
     * @param calibrations what the site has learnt by now; another server may have learnt it
     */
    public ModelFolders(
            List<Path> roots,
            ModelLoader loader,
            Models models,
            Supplier<Map<ModelId, Rollout>> rollouts,
            Supplier<List<ConformalCalibration>> calibrations) {
        this.calibrations = calibrations;
        this.roots = List.copyOf(roots);
        this.loader = loader;
        this.models = models;
        this.rollouts = rollouts;
    }

    /** Looks at the folders again and again, each time after a pause. */
    public void watch(Duration pause) {
        timer.scheduleWithFixedDelay(this::refreshSafely, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void refreshSafely() {
        try {
            refresh();
        } catch (IOException | RuntimeException e) {
            LOG.error("The model folders could not be looked at; what serves goes on, and the next look comes", e);
        }
    }

    /** Looks at the folders once. */
    public synchronized void refresh() throws IOException {
        models.roll(rollouts.get());
        models.calibrate(calibrations.get());
        var found = new LinkedHashSet<Path>();
        for (var root : roots) {
            found.addAll(Dropped.in(root));
        }
        for (var folder : first ? encodersFirst(found) : found) {
            look(folder);
        }
        if (known.keySet().removeIf(folder -> gone(folder, found))) {
            // One that was refused because another served its version may serve now.
            known.keySet().removeIf(folder -> models.refused().containsKey(name(folder)));
        }
        changing.keySet().retainAll(found);
        first = false;
    }

    /** Later a head whose encoder is not there yet waits for it, as one that is refused for now. */
    private static List<Path> encodersFirst(Collection<Path> found) {
        return found.stream()
                .sorted(Comparator.comparing(
                        folder -> CardReader.encoder(folder).isPresent()))
                .toList();
    }

    private boolean gone(Path folder, Collection<Path> found) {
        if (found.contains(folder)) {
            return false;
        }
        LOG.info("Model folder {} is gone", folder);
        models.remove(name(folder), folder);
        names.remove(folder);
        return true;
    }

    private void look(Path folder) throws IOException {
        var looks = Dropped.looks(folder);
        if (looks.equals(known.get(folder))) {
            changing.remove(folder);
        } else if (first || looks.equals(changing.put(folder, looks))) {
            known.put(folder, looks);
            changing.remove(folder);
            load(folder);
        }
    }

    private String name(Path folder) {
        return names.getOrDefault(folder, Dropped.named(folder));
    }

    private void load(Path folder) {
        var named = Dropped.named(folder);
        var before = names.put(folder, named);
        if (before != null && !before.equals(named)) {
            models.remove(before, folder);
        }
        try {
            Dropped.requireNoArchive(folder);
            var other = models.folder(named).filter(serving -> !serving.equals(folder));
            if (other.isPresent()) {
                throw new CardRefused(
                        folder,
                        List.of(new Problem(
                                0, named + " is served already, from " + other.get(), "give it another version")));
            }
            models.serve(loader.load(folder, models));
            if (!first) {
                LOG.info("Model {} now serves from {}", named, folder);
            }
        } catch (CardRefused e) {
            refuse(named, folder, e);
        } catch (RuntimeException e) {
            // Whatever somebody drops must not keep the other models from serving.
            LOG.error("Model {} in {} broke while it was loaded", named, folder, e);
            refuse(
                    named,
                    folder,
                    new CardRefused(
                            folder, List.of(new Problem(0, "it broke while it was loaded: " + e, "see the log"))));
        }
    }

    private void refuse(String named, Path folder, CardRefused why) {
        var before = Optional.ofNullable(models.refused().get(named)).map(CardRefused::getMessage);
        if (!before.equals(Optional.ofNullable(why.getMessage()))) {
            LOG.error("Model {} in {} is refused: {}", named, folder, why.getMessage());
        }
        models.refuse(named, folder, why);
        if (why.isForNow()) {
            known.remove(folder);
        }
    }
}
