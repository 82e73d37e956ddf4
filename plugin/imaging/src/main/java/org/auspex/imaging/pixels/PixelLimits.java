package org.auspex.imaging.pixels;

import java.time.Duration;

/**
 * What decoding may cost.
 *
 * @param frameBytes how many bytes one decoded frame may take
 * @param perFrame how long decoding one may take
 */
public record PixelLimits(long frameBytes, Duration perFrame) {

    /** 512 MiB, 30 seconds. */
    public static final PixelLimits DEFAULT = new PixelLimits(512L << 20, Duration.ofSeconds(30));
}
