package org.auspex.kernel.features;

import java.time.Duration;
import java.util.Optional;

/**
 * When a value must have been taken to count.
 *
 * @param within how far back from the time of the prediction; empty = no limit
 * @param after how it must follow another value; empty = not at all
 */
public record Window(Optional<Duration> within, Optional<After> after) {

    /** A length of time as people say it: {@code 24 hours}, {@code 30 days}. */
    public static String words(Duration length) {
        if (length.getSeconds() % 60 != 0) {
            return length.getSeconds() + " seconds";
        }
        if (length.toMinutes() % 60 != 0) {
            return length.toMinutes() + " minutes";
        }
        return length.toHours() % 24 == 0 && length.toDays() > 1
                ? length.toDays() + " days"
                : length.toHours() + " hours";
    }
}
