package org.auspex.kernel.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.RiskWord;
import org.auspex.terminology.Code;

/**
 * What should be done after a result, as its card names it.
 *
 * @param name unique within the card, in lower case with hyphens
 * @param title what is to be done, in a few words
 * @param code what that is called in a terminology
 * @param labels of the results after which it is due
 * @param risks words for risk after which it is due
 * @param from the input from whose time it is counted; empty = from the time that the result is about
 * @param due how long after that it is due
 * @param overdue how long after that somebody must have done it
 * @param needs an input without which it is not due yet; empty = none
 * @param awaits the input that tells that it was done
 */
public record FollowUpStep(
        String name,
        String title,
        Optional<Code> code,
        List<String> labels,
        List<RiskWord> risks,
        Optional<String> from,
        Duration due,
        Duration overdue,
        Optional<String> needs,
        String awaits) {

    public FollowUpStep {
        labels = List.copyOf(labels);
        risks = List.copyOf(risks);
    }

    /** Whether it is due after such a result. */
    public boolean follows(Outcome outcome) {
        var labelled = outcome instanceof Outcome.Labelled found
                && labels.contains(found.label().name());
        return labelled || outcome.risk().filter(risks::contains).isPresent();
    }
}
