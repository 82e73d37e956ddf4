package org.auspex.autoconfigure;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.auspex.kernel.Models;
import org.auspex.kernel.ServingModel;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.Statistics;
import org.auspex.kernel.inference.TensorModel;
import org.auspex.kernel.model.ModelId;

/** What each network does, as metrics that come and go with it. */
final class ModelMeters implements MeterBinder {

    private final Models models;
    private final Function<ModelId, DoubleSummaryStatistics> agreements;
    /** Micrometer holds what it measures weakly; the networks are kept here. */
    private final Map<TensorModel, List<Meter>> bound = new HashMap<>();

    /** @param agreements Dice's coefficients of what a version marked with what people marked */
    ModelMeters(Models models, Function<ModelId, DoubleSummaryStatistics> agreements) {
        this.models = models;
        this.agreements = agreements;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        models.onChange(() -> follow(registry));
        follow(registry);
    }

    private synchronized void follow(MeterRegistry registry) {
        var now = new HashMap<TensorModel, ModelId>();
        models.serving()
                .forEach(card -> models.card(card.id())
                        .map(present -> models.with(present.id(), ServingModel::network))
                        .ifPresent(network -> network.ifPresent(found -> now.put(found, card.id()))));
        bound.entrySet().removeIf(entry -> {
            var gone = !now.containsKey(entry.getKey());
            if (gone) {
                entry.getValue().forEach(registry::remove);
            }
            return gone;
        });
        now.forEach((network, id) -> bound.computeIfAbsent(network, found -> meters(registry, found, id)));
    }

    private List<Meter> meters(MeterRegistry registry, TensorModel network, ModelId id) {
        var tags = Tags.of("model", id.name(), "version", id.version());
        var meters = new ArrayList<Meter>();
        meters.add(timer("auspex.inference.queue", network, Statistics::calls, Statistics::queued)
                .description("How long calls waited for a batch")
                .tags(tags)
                .register(registry));
        meters.add(timer("auspex.inference.compute", network, Statistics::batches, Statistics::inferring)
                .description("How long batches ran")
                .tags(tags)
                .register(registry));
        meters.add(FunctionCounter.builder(
                        "auspex.inference.rows",
                        network,
                        model -> model.statistics().rows())
                .description("Rows computed; by the count of auspex.inference.compute this is the mean batch size")
                .tags(tags)
                .register(registry));
        for (var kind : InferenceFailed.Kind.values()) {
            meters.add(FunctionCounter.builder(
                            "auspex.inference.failures",
                            network,
                            model -> model.statistics().failures().getOrDefault(kind, 0L))
                    .description("Calls without an answer")
                    .tags(tags)
                    .tag("reason", kind.name().toLowerCase(Locale.ROOT))
                    .register(registry));
        }
        meters.add(Gauge.builder(
                        "auspex.model.up", network, model -> model.problem().isEmpty() ? 1 : 0)
                .description("Whether the model serves")
                .tags(tags)
                .register(registry));
        meters.add(FunctionCounter.builder(
                        "auspex.agreement.segmentations",
                        network,
                        model -> agreements.apply(id).getCount())
                .description("Segmentations of people that were compared with the model's")
                .tags(tags)
                .register(registry));
        meters.add(FunctionCounter.builder(
                        "auspex.agreement.dice",
                        network,
                        model -> agreements.apply(id).getSum())
                .description("Sum of Dice's coefficients; by auspex.agreement.segmentations this is the mean")
                .tags(tags)
                .register(registry));
        return meters;
    }

    private static FunctionTimer.Builder<TensorModel> timer(
            String name, TensorModel network, Function<Statistics, Long> count, Function<Statistics, Duration> total) {
        return FunctionTimer.builder(
                name,
                network,
                model -> count.apply(model.statistics()),
                model -> total.apply(model.statistics()).toNanos(),
                TimeUnit.NANOSECONDS);
    }
}
