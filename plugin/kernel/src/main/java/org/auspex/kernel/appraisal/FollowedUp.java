package org.auspex.kernel.appraisal;

import java.time.Duration;
import java.time.Instant;
import org.auspex.kernel.evidence.Subject;

/**
 * A subject with what became of it.
 *
 * @param index when it is predicted
 * @param event whether the outcome happened within the window
 * @param competing whether a competing event came first
 * @param until from the index to whichever came first or, without either, to the end of the follow-up
 */
record FollowedUp(Subject subject, Instant index, boolean event, boolean competing, Duration until) {}
