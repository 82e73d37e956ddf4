package org.auspex.kernel.features;

import java.time.Duration;
import java.util.Optional;

/**
 * When a value must have been taken to count.
 *
 * @param within how far back from the time of the prediction; empty = no limit
 * @param after how it must follow another value; empty = not at all
 */
public record Window(Optional<Duration> within, Optional<After> after) {}
