package org.auspex.kernel;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;

/** The models that serve, and those that were refused. */
public final class Models implements AutoCloseable {

    private final Map<ModelId, ServingModel> serving = new ConcurrentHashMap<>();
    private final Map<String, CardRefused> refused = new ConcurrentHashMap<>();

    /** Takes a model into service. */
    void serve(ServingModel model) {
        serving.put(model.card().id(), model);
    }

    /** Remembers why a folder, {@code name|version} by its path, does not serve. */
    void refuse(String nameAndVersion, CardRefused why) {
        refused.put(nameAndVersion, why);
    }

    /**
     * The version asked for.
     *
     * @throws UnknownModel if there is none
     * @throws ModelNotReady if it was refused
     */
    public ServingModel serving(ModelId id) {
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
        var bar = asked.indexOf('|');
        if (bar >= 0) {
            return serving(new ModelId(asked.substring(0, bar), asked.substring(bar + 1)))
                    .card()
                    .id();
        }
        return active().stream()
                .map(ModelCard::id)
                .filter(id -> id.name().equals(asked))
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> absent(asked));
    }

    /** The cards of the newest active version of every model, by name. */
    public List<ModelCard> active() {
        var newest = new TreeMap<String, ModelCard>();
        serving.values().stream()
                .map(ServingModel::card)
                .filter(card -> !card.retired())
                .sorted(Comparator.comparing(ModelCard::id))
                .forEach(card -> newest.put(card.id().name(), card));
        return List.copyOf(newest.values());
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
    public void close() {
        serving.values().forEach(ServingModel::close);
        serving.clear();
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
        return active().stream().map(card -> card.id().toString()).toList();
    }
}
