package org.auspex.kernel;

import java.time.Instant;
import java.util.Optional;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Outcome;

/** Where the answers of shadows are kept, beside those that count: never in the record. */
public interface Shadows {

    /** Keeps a pair of answers, once for each cause. */
    void keep(Pair pair);

    /** Keeps that a shadow could not answer what the version that counts may have answered. */
    void keepFailure(ModelId shadow, Subject subject, String cause, String reason);

    /**
     * What two versions of a model said about one subject at the same time.
     *
     * @param served the version that answers for the subject; empty if the model has none
     * @param cause the resource version that asked
     */
    record Pair(ModelId shadow, Outcome said, Optional<Served> served, Subject subject, String cause, Instant asOf) {}

    /** The version whose answers count, and its answer. */
    record Served(ModelId model, Outcome said) {}
}
