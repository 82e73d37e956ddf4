package org.auspex.kernel.monai;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.images.Inference;
import org.auspex.kernel.monai.Configuration.Entry;

/** What a bundle would run: an evaluator that gives each image to the inferer, and what comes back to the postprocessing. */
final class Evaluator {

    private final Configuration configuration;
    private final Optional<Component> evaluator;

    /** @throws NotRead if it would do anything else */
    Evaluator(Configuration configuration) {
        this.configuration = configuration;
        this.evaluator = configuration.at("evaluator").map(entry -> new Component(configuration, entry));
        evaluator.filter(found -> !found.name().equals("SupervisedEvaluator")).ifPresent(found -> {
            throw found.unknown("evaluator");
        });
        for (var key : List.of("prepare_batch", "iteration_update")) {
            evaluator.filter(found -> !found.raw(key).isEmpty()).ifPresent(found -> {
                throw found.refused(key, "is not known", "leave it out");
            });
        }
    }

    /** @throws NotRead if the inferer is not known */
    Inference inference() {
        return Inferer.of(new Component(configuration, part("inferer")));
    }

    /** @throws NotRead if there is no such list */
    List<Component> postprocessing() {
        return Component.of(configuration, part("postprocessing"));
    }

    private Entry part(String key) {
        return configuration
                .at("evaluator")
                .flatMap(found -> configuration.present(found.child(key)))
                .orElseGet(() -> needed(configuration, key));
    }

    static Entry needed(Configuration configuration, String key) {
        return configuration
                .at(key)
                .orElseThrow(() -> configuration.notRead(configuration.root(), "there is no " + key, "write it"));
    }
}
