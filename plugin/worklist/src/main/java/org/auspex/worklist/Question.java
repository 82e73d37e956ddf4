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
 * @param ifOpen whether it is asked only of whom the model's newest result has open issues
 * @param partition of the resource that asks; empty in a store without partitions
 */
public record Question(
        Kind kind,
        String model,
        Subject subject,
        String cause,
        Duration debounce,
        boolean ifOpen,
        Optional<Integer> partition) {

    /** Kinds of question. Each is worked off by itself, so that none waits for another. */
    public enum Kind {
        /** A stored resource asks. */
        PREDICT,
        /** A stored resource asks, to compare only. */
        SHADOW,
        /** A corrected resource asks what rests on it. */
        REVIEW,
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
                ask.ifOpen(),
                partition);
    }

    /**
     * @param reference the resource whose dependent results are to be reviewed, without version
     */
    public static Question review(String reference, String cause, Optional<Integer> partition) {
        return new Question(Kind.REVIEW, "", Subject.patient(reference), cause, Duration.ZERO, false, partition);
    }

    /** Name of the model without its version, whose worker it is for; empty for what is done by one worker for all models. */
    String modelName() {
        return kind == Kind.PREDICT ? ModelId.parse(model).name() : "";
    }
}
