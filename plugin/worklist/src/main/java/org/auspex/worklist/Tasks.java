package org.auspex.worklist;

import org.auspex.kernel.Corrections;
import org.auspex.kernel.FailureReports;
import org.auspex.kernel.FollowUps;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.Shadows;

/**
 * What the workers can do: predict, review what rests on a correction, report what could not be done, keep what shadows
 * said, and look after steps.
 */
public record Tasks(
        Prediction prediction, Corrections corrections, FailureReports failures, Shadows shadows, FollowUps steps) {}
