package org.auspex.autoconfigure;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.auspex.kernel.Models;
import org.auspex.kernel.model.ModelCard;
import org.auspex.language.prose.Tally;
import org.auspex.language.retrieval.KnowledgeFolder;
import org.auspex.operations.consult.ConsultCounts;
import org.auspex.store.Agreements;
import org.auspex.store.CalibrationInbox;
import org.auspex.store.JpaStore;
import org.auspex.store.ModelWatch;
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
    HealthIndicator auspexHealthIndicator(Models models, CalibrationInbox calibrations) {
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
                    .withDetail("refusedCalibrations", refusedCalibrations(models, calibrations))
                    .build();
        };
    }

    private static Map<String, String> refusedCalibrations(Models models, CalibrationInbox calibrations) {
        var refused = new TreeMap<>(calibrations.refused());
        models.refusedCalibrations().forEach((id, why) -> refused.put(id.toString(), why));
        return refused;
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

    @Bean(destroyMethod = "close")
    WatchMeters auspexWatchMetrics(ModelWatch watch) {
        return new WatchMeters(watch::latest);
    }

    @Bean
    MeterBinder auspexWarningMetrics(JpaStore store) {
        return new WarningMeters(store.warnings());
    }

    @Bean
    MeterBinder auspexProseMetrics(Tally tally) {
        return new ProseMeters(tally);
    }

    @Bean
    MeterBinder auspexModelMetrics(Models models, Agreements agreements) {
        return new ModelMeters(models, agreements::counted);
    }

    /** How many documents answers are found in, and which were refused; one that is refused makes nothing else wrong. */
    @Bean
    HealthIndicator auspexKnowledgeHealthIndicator(AuspexConsultation.Knowledge knowledge) {
        return () -> knowledge
                .folder()
                .map(KnowledgeFolder::state)
                .map(state -> (state.refused().isEmpty() ? Health.up() : Health.status(DEGRADED))
                        .withDetail("read", state.read())
                        .withDetail("documents", state.documents().size())
                        .withDetail("characters", state.characters())
                        .withDetail("refused", state.refused())
                        .build())
                .orElseGet(() -> Health.up().withDetail("documents", 0).build());
    }

    /** Questions of patients by what became of them: answered, declined, escalated, refused. */
    @Bean
    MeterBinder auspexConsultMetrics(ConsultCounts counts) {
        return registry -> List.of(ConsultCounts.Became.values())
                .forEach(became -> FunctionCounter.builder("auspex.consult.questions", counts, all -> all.of(became))
                        .tag("became", became.name().toLowerCase(Locale.ROOT))
                        .description("Questions of patients")
                        .register(registry));
    }
}
