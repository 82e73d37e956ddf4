package org.auspex.imaging.net;

import java.time.Duration;
import java.util.Set;

/**
 * Where modalities are listened to, and how much they may ask.
 *
 * @param address that is bound
 * @param port from 1 to 65535
 * @param aeTitle that they must call
 * @param callers AE titles that may call; empty for all. Whoever can reach the port can claim any
 * @param limits of what they send
 */
public record Listening(String address, int port, String aeTitle, Set<String> callers, Limits limits) {

    public Listening {
        callers = Set.copyOf(callers);
    }

    /**
     * @param associations that may be open at once
     * @param silence after which a caller that says nothing, or stops in the middle, is cut off
     * @param bytes of one object
     */
    public record Limits(int associations, Duration silence, long bytes) {}
}
