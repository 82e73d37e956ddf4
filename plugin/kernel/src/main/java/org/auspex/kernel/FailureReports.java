package org.auspex.kernel;

import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;

/** Where an operator finds the predictions that could not be made. */
@FunctionalInterface
public interface FailureReports {

    /**
     * Reports one prediction that was given up.
     *
     * @param cause the resource version that asked for it
     */
    void report(ModelId model, Subject subject, String cause, String reason);
}
