package org.auspex.benchmarks;

import java.time.Duration;
import picocli.CommandLine.Option;

/**
 * The time in which a new server is left alone. Because Auspex publishes search parameters, HAPI begins to index results anew a minute
 * or two after its first start, and takes one more for each step; what is stored meanwhile would be indexed twice.
 */
final class Settling {

    @Option(names = "--settle", description = "How long a new server is left alone first; default ${DEFAULT-VALUE}.")
    private Duration time = Duration.ofMinutes(6);

    void await() {
        Rest.pause(time);
    }
}
