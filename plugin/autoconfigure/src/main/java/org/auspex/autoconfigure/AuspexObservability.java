package org.auspex.autoconfigure;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.auspex.kernel.Models;
import org.auspex.kernel.model.ModelCard;
import org.auspex.language.prose.Tally;
import org.auspex.store.Agreements;
import org.auspex.worklist.Worklist;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Health and metrics, where the host has an actuator. */
@ConditionalOnClass({HealthIndicator.class, MeterBinder.class})
class AuspexObservability {

    /**
     * Some models do not serve. Spring Boot leaves such a status out of the server's own: a clinical record must not be
     * taken off the network because one model is ill.
     */
    private static final Status DEGRADED = new Status("DEGRADED");

    /** Names the models that serve, those that do not at present and why, and those that were refused. */
    @Bean
    HealthIndicator auspexHealthIndicator(Models models) {
        return () -> {
            var down = models.problems();
            var health = down.isEmpty() ? Health.up() : Health.status(DEGRADED);
            return health.withDetail(
                            "serving",
                            models.serving().stream()
                                    .map(ModelCard::id)
                                    .filter(id -> !down.containsKey(id))
                                    .map(Object::toString)
                                    .toList())
                    .withDetail("down", down)
                    .withDetail("refused", models.refused().keySet())
                    .build();
        };
    }

    /** Questions by state: waiting, claimed, done, abstained, failed. */
    @Bean
    MeterBinder auspexMetrics(Worklist worklist) {
        return registry -> List.of("waiting", "claimed", "done", "abstained", "failed")
                .forEach(state -> Gauge.builder(
                                "auspex.worklist.questions",
                                worklist,
                                list -> list.counts().getOrDefault(state, 0L))
                        .tag("state", state)
                        .description("Questions on the worklist")
                        .register(registry));
    }

    @Bean
    MeterBinder auspexProseMetrics(Tally tally) {
        return new ProseMeters(tally);
    }

    @Bean
    MeterBinder auspexModelMetrics(Models models, Agreements agreements) {
        return new ModelMeters(models, agreements::counted);
    }
}
