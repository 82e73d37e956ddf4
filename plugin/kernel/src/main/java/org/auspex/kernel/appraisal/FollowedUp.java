package org.auspex.kernel.appraisal;

import java.time.Duration;
import java.time.Instant;
import org.auspex.kernel.evidence.Subject;

/**
 * A subject with what became of it.
 *
 * @param index when it is predicted
 * @param event whether the outcome happened within the window
 * @param until from the index to the outcome or, without it, to the end of the follow-up
 */
record FollowedUp(Subject subject, Instant index, boolean event, Duration until) {}
