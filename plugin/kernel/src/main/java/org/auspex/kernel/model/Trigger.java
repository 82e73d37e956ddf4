package org.auspex.kernel.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Criteria;

/**
 * Which stored resources ask for a prediction.
 *
 * @param on any of these
 * @param again any of these, about whom the model has a result that stands
 * @param debounce a burst of evidence about one subject within this time is one prediction
 * @param notOlderThan evidence that took effect longer ago than this, such as loaded history, asks for nothing
 */
public record Trigger(List<Criteria> on, List<Criteria> again, Duration debounce, Optional<Duration> notOlderThan) {

    /** A model that only answers when asked. */
    public static final Trigger NEVER = new Trigger(List.of(), List.of(), Duration.ZERO, Optional.empty());

    public Trigger {
        on = List.copyOf(on);
        again = List.copyOf(again);
    }
}
