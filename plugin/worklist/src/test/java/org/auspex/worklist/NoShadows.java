package org.auspex.worklist;

import org.auspex.kernel.Shadows;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;

/** For tests in which nothing asks a shadow. */
record NoShadows() implements Shadows {

    @Override
    public void keep(Pair pair) {
        throw new AssertionError(pair);
    }

    @Override
    public void keepFailure(ModelId shadow, Subject subject, String cause, String reason) {
        throw new AssertionError(reason);
    }
}
