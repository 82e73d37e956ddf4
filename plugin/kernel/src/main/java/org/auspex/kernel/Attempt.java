package org.auspex.kernel;

import java.util.Optional;

/**
 * What came of storing one finding among others: its resources, or why they could not be stored.
 *
 * @param written empty if it failed
 * @param failure empty if it did not
 */
public record Attempt(Optional<Written> written, Optional<RuntimeException> failure) {

    public static Attempt succeeded(Written written) {
        return new Attempt(Optional.of(written), Optional.empty());
    }

    public static Attempt failed(RuntimeException why) {
        return new Attempt(Optional.empty(), Optional.of(why));
    }

    /** The resources; if there are none, what stood in the way is thrown. */
    public Written orThrow() {
        failure.ifPresent(why -> {
            throw why;
        });
        return written.orElseThrow();
    }
}
