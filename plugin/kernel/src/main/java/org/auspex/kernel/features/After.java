package org.auspex.kernel.features;

import java.time.Duration;
import java.util.List;

/**
 * Ties a value to another one in time: the second of two measurements.
 *
 * @param input the input, declared before, that chose the first
 * @param least how long after the first it must have been taken
 * @param most how long after the first it may have been taken
 * @param same FHIRPaths on the resource; if both measurements answer one of them and the answers differ, they cannot be
 *     compared and the model abstains
 */
public record After(String input, Duration least, Duration most, List<String> same) {
    public After {
        same = List.copyOf(same);
    }
}
