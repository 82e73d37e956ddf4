package org.auspex.kernel.outcome;

import java.util.List;
import java.util.Optional;
import org.auspex.terminology.Code;

/**
 * What cannot be ruled out for a subject at a level: by split conformal prediction it holds the truth for that share of subjects like
 * those it was fitted on.
 */
public sealed interface Region {

    /**
     * Answers of a model that says which of several things is true.
     *
     * @param level 0 to 1
     * @param left those that cannot be ruled out; none where the subject is unlike any that it was fitted on
     * @param of how many answers there are
     */
    record Answers(double level, List<Answer> left, int of) implements Region {
        public Answers {
            left = List.copyOf(left);
        }

        @Override
        public boolean tells() {
            return !left.isEmpty() && left.size() < of;
        }
    }

    /**
     * Until when a subject is free of an event.
     *
     * @param level 0 to 1
     * @param until in the unit; 0 where nothing can be ruled out
     * @param unit of time, of UCUM
     */
    record FreeUntil(double level, double until, String unit) implements Region {
        @Override
        public boolean tells() {
            return until > 0;
        }
    }

    /**
     * One of the answers.
     *
     * @param name {@code event}, {@code no-event} or that of a choice
     * @param code what it is written as; empty for the absence of something
     */
    record Answer(String name, String display, Optional<Code> code) {}

    /** The share of subjects for which it holds the truth. */
    double level();

    /** Whether it rules anything out and leaves anything; otherwise the model cannot tell. */
    boolean tells();
}
