package org.auspex.worklist;

import java.time.Duration;
import java.util.Optional;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;

/**
 * Something to be done because a resource was stored.
 *
 * @param model {@code name|version}; empty for a review
 * @param subject whom it is about; for a review the resource itself
 * @param cause the resource version that asks
 * @param debounce how long to wait for more of the same
 * @param whom whether it is asked about anybody
 * @param partition of the resource that asks; empty in a store without partitions
 */
public record Question(
        Kind kind,
        String model,
        Subject subject,
        String cause,
        Duration debounce,
        Triggers.Whom whom,
        Optional<Integer> partition) {

    /** Kinds of question. Each is worked off by itself, so that none waits for another. */
    public enum Kind {
        /** A stored resource asks. */
        PREDICT,
        /** A stored resource asks, to compare only. */
        SHADOW,
        /** A corrected resource asks what rests on it. */
        REVIEW,
        /** A step that a result proposed is looked at when its time has come. */
        DUE,
        /** A client asks by a job, and is in a hurry. */
        URGENT,
        /** A client asks by a job, and is not. */
        ROUTINE
    }

    public static Question predict(Triggers.Ask ask, String cause, Optional<Integer> partition) {
        return new Question(
                ask.shadow() ? Kind.SHADOW : Kind.PREDICT,
                ask.model().toString(),
                ask.subject(),
                cause,
                ask.debounce(),
                ask.whom(),
                partition);
    }

    /**
     * @param reference the resource whose dependent results are to be reviewed, without version
     */
    public static Question review(String reference, String cause, Optional<Integer> partition) {
        return new Question(
                Kind.REVIEW, "", Subject.patient(reference), cause, Duration.ZERO, Triggers.Whom.ANYBODY, partition);
    }

    /**
     * @param task the step, {@code Task/12}
     * @param left until it is overdue
     */
    public static Question due(String task, Duration left, Optional<Integer> partition) {
        return new Question(Kind.DUE, "", Subject.patient(task), task, left, Triggers.Whom.ANYBODY, partition);
    }

    /** Name of the model without its version, whose worker it is for; empty for what is done by one worker for all models. */
    String modelName() {
        return kind == Kind.PREDICT ? ModelId.parse(model).name() : "";
    }
}
