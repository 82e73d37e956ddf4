package org.auspex.worklist;

import org.auspex.kernel.Corrections;
import org.auspex.kernel.FailureReports;
import org.auspex.kernel.Prediction;

/** What the workers can do: predict, review what rests on a correction, and report what could not be done. */
public record Tasks(Prediction prediction, Corrections corrections, FailureReports failures) {}
