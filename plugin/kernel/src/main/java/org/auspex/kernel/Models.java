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
import org.auspex.kernel.inference.TensorModel;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.jspecify.annotations.Nullable;

/** The models that serve, and those that were refused. */
public final class Models implements AutoCloseable {

    private final Map<ModelId, ServingModel> serving = new ConcurrentHashMap<>();
    private final Map<String, CardRefused> refused = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile List<ModelCard> newest = List.of();

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
        var byName = new TreeMap<String, ModelCard>();
        serving.values().stream()
                .map(ServingModel::card)
                .filter(card -> !card.retired())
                .sorted(Comparator.comparing(ModelCard::id))
                .forEach(card -> byName.put(card.id().name(), card));
        newest = List.copyOf(byName.values());
        listeners.forEach(Runnable::run);
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
        return newest.stream()
                .map(ModelCard::id)
                .filter(id -> id.name().equals(asked))
                .findFirst()
                .orElseThrow(() -> absent(asked));
    }

    /** The cards of the newest active version of every model that says something about subjects, by name. */
    public List<ModelCard> active() {
        return newest.stream().filter(ModelCard::predicts).toList();
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
        serving.forEach((id, model) ->
                model.network().flatMap(TensorModel::problem).ifPresent(problem -> problems.put(id, problem)));
        return problems;
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
        newest = List.of();
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
        return newest.stream().map(card -> card.id().toString()).toList();
    }
}
