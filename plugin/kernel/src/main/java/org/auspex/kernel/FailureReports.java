package org.auspex.kernel;

import java.util.Optional;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;

/** Where an operator finds what could not be done, and sees what became of it. */
public interface FailureReports {

    /**
     * Reports something that was given up, in the transaction that is under way.
     *
     * @param before where the same was reported when it failed the last time
     * @return where it is reported, such as {@code Task/12}
     */
    String report(Failure failure, Optional<String> before);

    /**
     * Tells that what was reported was tried again, and how it ended.
     *
     * @param report as {@link #report} returned it
     */
    void answered(String report, String outcome);

    /**
     * Something that was given up.
     *
     * @param model empty for a review of what rests on a correction
     * @param cause the resource version that asked for it
     * @param attempts how often it was tried
     */
    record Failure(Optional<ModelId> model, Subject subject, String cause, String reason, int attempts) {}
}
