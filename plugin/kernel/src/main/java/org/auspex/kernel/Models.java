package org.auspex.kernel;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.inference.Encoders;
import org.auspex.kernel.inference.TensorModel;
import org.auspex.kernel.model.Calibrations;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ConformalCalibration;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Rollout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models that serve, and those that were refused. */
public final class Models implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Models.class);

    private final Map<ModelId, ServingModel> serving = new ConcurrentHashMap<>();
    private final Map<String, CardRefused> refused = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Map<ModelId, Rollout> chosen = Map.of();
    private Collection<ConformalCalibration> fitted = List.of();
    private volatile Calibrations calibrations = Calibrations.NONE;
    private volatile Versions versions = Versions.NONE;

    /** Takes a model into service. One of the same version that served before ends when its last call has returned. */
    synchronized void serve(ServingModel model) {
        refused.remove(model.card().id().toString());
        end(serving.put(model.card().id(), model));
    }

    /** Remembers why a folder, {@code name|version} by its path, does not serve; if it did, it ends. */
    synchronized void refuse(String nameAndVersion, Path folder, CardRefused why) {
        refused.put(nameAndVersion, why);
        end(take(nameAndVersion, folder));
    }

    /** Ends a model whose folder is gone. */
    synchronized void remove(String nameAndVersion, Path folder) {
        refused.remove(nameAndVersion);
        end(take(nameAndVersion, folder));
    }

    /** Calls {@code listener} whenever a model begins or ceases to serve. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Takes note of how far each version is trusted, where somebody chose otherwise than its card. */
    public synchronized void roll(Map<ModelId, Rollout> choices) {
        if (!chosen.equals(choices)) {
            chosen = Map.copyOf(choices);
            reconsider();
        }
    }

    /** Takes note of what the site has learnt from outcomes of its own; one for each version at most. */
    public synchronized void calibrate(Collection<ConformalCalibration> site) {
        if (!List.copyOf(fitted).equals(List.copyOf(site))) {
            fitted = List.copyOf(site);
            reconsider();
        }
    }

    /** What the site has learnt about a version, if it fits what serves. */
    public Optional<ConformalCalibration> calibration(ModelId id) {
        return calibrations.of(id);
    }

    /** Calibrations that are not used, and why. */
    public Map<ModelId, String> refusedCalibrations() {
        return calibrations.refused();
    }

    /** How far a version that serves is trusted. */
    public Rollout rollout(ModelCard card) {
        return versions.rollout(card);
    }

    private void reconsider() {
        versions = new Versions(serving(), chosen);
        var before = calibrations.refused();
        calibrations = Calibrations.of(fitted, serving());
        calibrations.refused().forEach((id, why) -> {
            if (!why.equals(before.get(id))) {
                LOG.error("The calibration of {} is not used: {}", id, why);
            }
        });
        listeners.forEach(Runnable::run);
    }

    /** Where {@code name|version} is served from; empty if it is not. */
    Optional<Path> folder(String nameAndVersion) {
        return serving.values().stream()
                .map(ServingModel::card)
                .filter(card -> card.id().toString().equals(nameAndVersion))
                .map(ModelCard::folder)
                .findFirst();
    }

    private @Nullable ServingModel take(String nameAndVersion, Path folder) {
        return folder(nameAndVersion)
                .filter(folder::equals)
                .map(served -> serving.remove(ModelId.parse(nameAndVersion)))
                .orElse(null);
    }

    private void end(@Nullable ServingModel before) {
        reconsider();
        if (before != null) {
            before.close();
        }
    }

    /**
     * Works with a version while it serves. If it is replaced in the meantime, what is under way is finished first.
     *
     * @throws UnknownModel if there is none
     * @throws ModelNotReady if it was refused
     */
    public <T> T with(ModelId id, Function<ServingModel, T> work) {
        while (true) {
            var answer = serving(id).whileOpen(work);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
    }

    /**
     * The version asked for.
     *
     * @throws UnknownModel if there is none
     * @throws ModelNotReady if it was refused
     */
    private ServingModel serving(ModelId id) {
        var model = serving.get(id);
        if (model == null) {
            throw absent(id.toString());
        }
        return model;
    }

    /**
     * The version meant by {@code name|version}, or the newest active one of {@code name}.
     *
     * @throws UnknownModel if there is none
     * @throws ModelNotReady if it was refused
     */
    public ModelId resolve(String asked) {
        if (asked.contains("|")) {
            return serving(ModelId.parse(asked)).card().id();
        }
        return versions.active(asked).map(ModelCard::id).orElseThrow(() -> absent(asked));
    }

    /**
     * The version meant by {@code name|version}, or the one of {@code name} that answers about a subject.
     *
     * @throws UnknownModel if there is none
     * @throws ModelNotReady if it was refused
     */
    public ModelId resolve(String asked, Subject subject) {
        return asked.contains("|") ? resolve(asked) : answering(asked, subject).orElseThrow(() -> absent(asked));
    }

    /** The version of a model that answers about a subject; empty if there is none. */
    public Optional<ModelId> answering(String name, Subject subject) {
        return versions.answering(name, subject).map(ModelCard::id);
    }

    /**
     * The cards meant by {@code name|version}, or those of the versions that answer about somebody when {@code name} is asked.
     *
     * @return at least one; of several the newest first
     * @throws UnknownModel if there is none
     * @throws ModelNotReady if it was refused
     */
    public List<ModelCard> named(String asked) {
        if (asked.contains("|")) {
            return List.of(serving(ModelId.parse(asked)).card());
        }
        var cards = versions.answering(asked);
        if (cards.isEmpty()) {
            throw absent(asked);
        }
        return cards;
    }

    /** Versions of a model that are only asked to be compared. */
    public List<ModelId> shadows(String name) {
        return versions.shadows(name).stream().map(ModelCard::id).toList();
    }

    /** Whether it is this version that answers about a subject when its model is asked. */
    public boolean answers(ModelCard card, Subject subject) {
        return answering(card.id().name(), subject).equals(Optional.of(card.id()));
    }

    /** Whether a version only answers to be compared. */
    public boolean isShadow(ModelId id) {
        return shadows(id.name()).contains(id);
    }

    /** The cards of the newest active version of every model that says something about subjects, by name. */
    public List<ModelCard> active() {
        return versions.active().stream().filter(ModelCard::predicts).toList();
    }

    /** The cards of every version that may be asked about somebody: the newest active ones, canaries and shadows. */
    public List<ModelCard> asked() {
        return versions.asked().stream().filter(ModelCard::predicts).toList();
    }

    /** The cards of every version that serves, retired ones and those of tensors alone included. */
    public List<ModelCard> serving() {
        return serving.values().stream()
                .map(ServingModel::card)
                .sorted(Comparator.comparing(ModelCard::id))
                .toList();
    }

    /** The models that are loaded and cannot serve at present, and why. */
    public Map<ModelId, String> problems() {
        var problems = new TreeMap<ModelId, String>();
        serving.forEach((id, model) -> problem(model).ifPresent(problem -> problems.put(id, problem)));
        return problems;
    }

    /** A head is down with its encoder, also before it is asked. */
    private Optional<String> problem(ServingModel model) {
        var encoder = model.card().engine().encoder();
        return encoder.filter(needed -> !serving.containsKey(needed))
                .map(needed -> String.valueOf(Encoders.absent(needed).getMessage()))
                .or(() -> model.network().flatMap(TensorModel::problem));
    }

    /** The models that serve, as what heads are built on. */
    public Encoders encoders() {
        return new ServedEncoders(this);
    }

    /** The card of a version, also of a retired one; empty if nobody serves it. */
    public Optional<ModelCard> card(ModelId id) {
        return Optional.ofNullable(serving.get(id)).map(ServingModel::card);
    }

    /** Folders that do not serve, by name and version. */
    public Map<String, CardRefused> refused() {
        return Map.copyOf(refused);
    }

    @Override
    public synchronized void close() {
        serving.values().forEach(ServingModel::close);
        serving.clear();
        versions = Versions.NONE;
    }

    private RuntimeException absent(String asked) {
        return refused.entrySet().stream()
                .filter(entry -> entry.getKey().equals(asked) || entry.getKey().startsWith(asked + "|"))
                .findFirst()
                .<RuntimeException>map(entry -> new ModelNotReady(
                        entry.getKey(), String.valueOf(entry.getValue().getMessage())))
                .orElseGet(() -> new UnknownModel(asked, known()));
    }

    private Collection<String> known() {
        return versions.asked().stream().map(card -> card.id().toString()).toList();
    }
}
