package org.auspex.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.stream.LongStream;
import org.auspex.store.Warnings;

/** How long after the first symptom models warn, of the results that this server stored. */
record WarningMeters(Warnings warnings) implements MeterBinder {

    private static final Duration[] BUCKETS = LongStream.of(15, 30, 60, 90, 120, 180, 360, 720, 1440)
            .mapToObj(Duration::ofMinutes)
            .toArray(Duration[]::new);

    @Override
    public void bindTo(MeterRegistry registry) {
        warnings.onWarning((model, took) -> Timer.builder("auspex.time.to.warning")
                .description("From the first symptom in the record to the first result that warns of it")
                .tags("model", model.name(), "version", model.version())
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took));
    }
}
