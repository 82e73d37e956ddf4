package org.auspex.kernel;

import java.util.Optional;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.outcome.Outcome;

/**
 * What became of one question about one subject.
 *
 * @param written the resources; empty for an abstention, and if they could not be stored
 * @param failure why the resources could not be stored
 */
public record Answer(
        Evidence evidence, Outcome outcome, Optional<Written> written, Optional<RuntimeException> failure) {

    static Answer abstained(Evidence evidence, Outcome.Abstained outcome) {
        return new Answer(evidence, outcome, Optional.empty(), Optional.empty());
    }

    static Answer said(Evidence evidence, Outcome outcome, Attempt attempt) {
        return new Answer(evidence, outcome, attempt.written(), attempt.failure());
    }
}
