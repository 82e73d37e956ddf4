package org.auspex.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.auspex.kernel.findings.ModelDevice;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;

/** Stores the Device and the model card of each version once, before its first result refers to them. */
final class ModelResources {

    private final FhirStore store;
    private final Set<ModelId> stored = ConcurrentHashMap.newKeySet();

    ModelResources(FhirStore store) {
        this.store = store;
    }

    void ensure(ModelCard card) {
        if (stored.contains(card.id())) {
            return;
        }
        // An update of what is there already and unchanged makes no new version, so a race does no harm.
        store.update(ModelDevice.device(card));
        store.update(ModelDevice.card(card));
        stored.add(card.id());
    }
}
