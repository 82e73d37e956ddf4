package org.auspex.kernel;

import java.util.Optional;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.outcome.Outcome;

/**
 * What became of one question about one subject.
 *
 * @param written the resources; empty for an abstention
 */
public record Answer(Evidence evidence, Outcome outcome, Optional<Written> written) {}
