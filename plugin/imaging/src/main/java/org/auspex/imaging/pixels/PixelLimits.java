package org.auspex.imaging.pixels;

import java.time.Duration;

/**
 * What decoding may cost.
 *
 * @param frameBytes how many bytes one decoded frame may take, counting four for each pixel, since that is what becomes of it
 * @param perFrame how long decoding one may take
 */
public record PixelLimits(long frameBytes, Duration perFrame) {

    /** 256 MiB, 30 seconds. */
    public static final PixelLimits DEFAULT = new PixelLimits(256L << 20, Duration.ofSeconds(30));
}
