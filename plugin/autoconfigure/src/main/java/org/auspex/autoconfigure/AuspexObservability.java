package org.auspex.autoconfigure;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.auspex.kernel.Models;
import org.auspex.kernel.model.ModelCard;
import org.auspex.worklist.Worklist;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Health and metrics, where the host has an actuator. */
@ConditionalOnClass({HealthIndicator.class, MeterBinder.class})
class AuspexObservability {

    /** Names the models that serve and those that were refused. A refused model does not take the server down. */
    @Bean
    HealthIndicator auspexHealth(Models models) {
        return () -> Health.up()
                .withDetail(
                        "serving",
                        models.active().stream()
                                .map(ModelCard::id)
                                .map(Object::toString)
                                .toList())
                .withDetail("refused", models.refused().keySet())
                .build();
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
}
