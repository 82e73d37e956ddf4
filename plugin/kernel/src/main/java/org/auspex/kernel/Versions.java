package org.auspex.kernel;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Rollout;

/** Which versions of which models are in use at one moment, and who gets which. */
final class Versions {

    static final Versions NONE = new Versions(List.of(), Map.of());

    /** Newest first, by name of the model; without retired ones. */
    private final Map<String, List<ModelCard>> inUse;

    private final Map<ModelId, Rollout> chosen;
    /** Looked at for every resource that is stored, so put together once. */
    private final List<ModelCard> asked;

    /**
     * @param chosen what was chosen instead of what the cards say
     */
    Versions(Collection<ModelCard> cards, Map<ModelId, Rollout> chosen) {
        this.chosen = Map.copyOf(chosen);
        this.inUse = cards.stream()
                .filter(card -> rollout(card).stage() != Rollout.Stage.RETIRED)
                .sorted(comparing(ModelCard::id, reverseOrder()))
                .collect(Collectors.groupingBy(card -> card.id().name(), TreeMap::new, Collectors.toList()));
        this.asked = inUse.values().stream()
                .flatMap(List::stream)
                .filter(card -> rollout(card).stage() != Rollout.Stage.ACTIVE
                        || active(card.id().name()).equals(Optional.of(card)))
                .toList();
    }

    Rollout rollout(ModelCard card) {
        return chosen.getOrDefault(card.id(), card.rollout());
    }

    /** The newest active version of every model, by name. */
    List<ModelCard> active() {
        return inUse.keySet().stream().flatMap(name -> active(name).stream()).toList();
    }

    Optional<ModelCard> active(String name) {
        return at(Rollout.Stage.ACTIVE, name).stream().findFirst();
    }

    List<ModelCard> shadows(String name) {
        return at(Rollout.Stage.SHADOW, name);
    }

    /** Everything that may answer about somebody or be compared: no retired version, and of the active ones the newest. */
    List<ModelCard> asked() {
        return asked;
    }

    /** The versions of a model that answer about somebody, the newest first. */
    List<ModelCard> answering(String name) {
        return asked.stream()
                .filter(card -> card.id().name().equals(name))
                .filter(card -> rollout(card).stage() != Rollout.Stage.SHADOW)
                .toList();
    }

    /** The version that answers about a subject: a canary for its share of the patients, the newest first, else the active one. */
    Optional<ModelCard> answering(String name, Subject subject) {
        var canaries = at(Rollout.Stage.CANARY, name);
        var hundredth = canaries.isEmpty() ? 0 : Rollout.hundredth(name, subject.patient());
        var share = 0;
        for (var canary : canaries) {
            share += rollout(canary).percent();
            if (hundredth < share) {
                return Optional.of(canary);
            }
        }
        return active(name);
    }

    private List<ModelCard> at(Rollout.Stage stage, String name) {
        return inUse.getOrDefault(name, List.of()).stream()
                .filter(card -> rollout(card).stage() == stage)
                .toList();
    }
}
