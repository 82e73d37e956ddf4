package org.auspex.kernel.images;

import java.time.Instant;

/**
 * Who marked a picture.
 *
 * @param model its name
 * @param version its version
 * @param title the same for people
 * @param seed what the UIDs of objects follow from, so that the same result has the same objects
 * @param at when it was asked
 */
public record Maker(String model, String version, String title, String seed, Instant at) {}
