package org.auspex.store;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.auspex.kernel.findings.ModelDevice;
import org.auspex.kernel.model.ModelCard;

/** Stores the Device and the model card of each version once, before its first result refers to them. */
final class ModelResources {

    private final FhirStore store;
    private final Rollouts rollouts;
    private final Set<String> stored = ConcurrentHashMap.newKeySet();

    ModelResources(FhirStore store, Rollouts rollouts) {
        this.store = store;
        this.rollouts = rollouts;
    }

    void ensure(ModelCard card, SystemRequestDetails place) {
        var key = card.id() + store.suffix(place);
        if (stored.contains(key)) {
            return;
        }
        // An update of what is there already and unchanged makes no new version, so a race does no harm.
        store.publish(ModelDevice.device(card, rollouts.of(card)), place);
        store.publish(ModelDevice.card(card), place);
        stored.add(key);
    }
}
