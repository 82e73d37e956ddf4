package org.auspex.worklist;

import org.auspex.kernel.Corrections;
import org.auspex.kernel.FailureReports;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.Shadows;

/**
 * What the workers can do: predict, review what rests on a correction, report what could not be done, and keep what shadows
 * said.
 */
public record Tasks(Prediction prediction, Corrections corrections, FailureReports failures, Shadows shadows) {}
