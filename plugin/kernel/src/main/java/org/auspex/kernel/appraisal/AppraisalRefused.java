package org.auspex.kernel.appraisal;

/** A model cannot be judged on what was given, and why. */
public final class AppraisalRefused extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public AppraisalRefused(String message) {
        super(message);
    }
}
