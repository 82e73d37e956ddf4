package org.auspex.kernel.appraisal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.features.WhenMissing;
import org.auspex.kernel.features.Window;

/**
 * What is foreseen from when on.
 *
 * @param asOf when everybody is predicted; empty = each at the first resource that {@code index} means
 * @param index resources of a patient that begin its follow-up
 * @param outcome resources of a patient that mean that the outcome happened
 * @param competing resources of a patient that mean that the outcome cannot come any more, such as death; empty = none is told from
 *     the end of the follow-up
 * @param window how long after the prediction it counts
 */
public record Design(
        Optional<Instant> asOf,
        Optional<Criteria> index,
        Criteria outcome,
        Optional<Criteria> competing,
        Duration window) {

    public Design {
        if (asOf.isPresent() == index.isPresent()) {
            throw new IllegalArgumentException("A design has one time for everybody, or what begins each follow-up");
        }
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("The window of an outcome is longer than nothing, not " + window);
        }
    }

    /** Any resource that criteria mean, as an input asks for it: what an AI asserted is no outcome, what is over still happened. */
    static Input any(String name, Criteria criteria) {
        var source = new Source(criteria, "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return new Input(
                name,
                List.of(source),
                Optional.empty(),
                new Window(Optional.empty(), Optional.empty()),
                Take.EXISTS,
                new WhenMissing.Indicator(),
                false,
                true,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
