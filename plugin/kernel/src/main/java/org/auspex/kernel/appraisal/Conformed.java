package org.auspex.kernel.appraisal;

import org.auspex.kernel.evaluation.ConformalFit;
import org.auspex.kernel.model.ConformalCalibration;

/** Limits of conformal prediction with the check of them, and as the server takes them. */
public record Conformed(ConformalFit fit, ConformalCalibration calibration) {}
