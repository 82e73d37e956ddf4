package org.auspex.imaging.results.report;

import java.util.List;
import java.util.Optional;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.Tracking;

/**
 * A finding with what was measured of it.
 *
 * @param tracking that of its segment, if it has one
 * @param finding what it is, such as a mass
 * @param site where it is
 */
public record Measured(
        Tracking tracking,
        Code finding,
        Optional<Code> site,
        List<Measurement> measurements,
        List<Evaluation> evaluations) {
    public Measured {
        measurements = List.copyOf(measurements);
        evaluations = List.copyOf(evaluations);
    }
}
