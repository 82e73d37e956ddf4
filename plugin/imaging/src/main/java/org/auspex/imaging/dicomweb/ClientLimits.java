package org.auspex.imaging.dicomweb;

import java.time.Duration;

/**
 * How long an archive may take, and how much it may send.
 *
 * @param connect until it can be talked to
 * @param idle until it begins to answer, and between any two pieces of its answer
 * @param overall for one request, from its beginning to the end of the answer
 * @param bytes of one answer
 */
public record ClientLimits(Duration connect, Duration idle, Duration overall, long bytes) {}
