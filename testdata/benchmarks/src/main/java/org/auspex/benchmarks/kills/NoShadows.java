package org.auspex.benchmarks.kills;

import org.auspex.kernel.Shadows;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;

/** The trivial model has one version, so nothing is ever compared. */
record NoShadows() implements Shadows {

    @Override
    public void keep(Pair pair) {
        throw new IllegalStateException("Nothing is a shadow here, but %s was asked".formatted(pair.shadow()));
    }

    @Override
    public void keepFailure(ModelId shadow, Subject subject, String cause, String reason) {
        throw new IllegalStateException("Nothing is a shadow here, but %s was asked".formatted(shadow));
    }
}
