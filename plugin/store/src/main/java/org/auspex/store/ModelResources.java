package org.auspex.store;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.auspex.kernel.findings.Author;
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
        ensure(ModelDevice.id(card.id()), () -> new Author(rollouts.device(card), ModelDevice.card(card)), place);
    }

    /** The same for who has no model folder. */
    void ensure(Author author, SystemRequestDetails place) {
        ensure(author.device().getIdElement().getIdPart(), author::copy, place);
    }

    private void ensure(String device, Supplier<Author> author, SystemRequestDetails place) {
        var key = device + store.suffix(place);
        if (stored.contains(key)) {
            return;
        }
        var made = author.get();
        // An update of what is there already and unchanged makes no new version, so a race does no harm.
        store.publish(made.device(), place);
        store.publish(made.card(), place);
        stored.add(key);
    }
}
