package org.auspex.imaging.pixels;

import java.io.IOException;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;

/** From the colour spaces of DICOM to red, green and blue of 8 bits each, as {@code 0xRRGGBB}. */
final class Colours {

    private static final int MIDDLE = 128;
    private static final int FOOTROOM = 16;

    private Colours() {}

    static int[] rgb(Samples samples, Dataset object) throws IOException {
        switch (samples.layout().photometric()) {
            case "PALETTE COLOR":
                return palette(samples, object);
            case "YBR_PARTIAL":
                return each(samples, Colours::ofPartialRange);
            case "YBR_FULL", "YBR_FULL_422":
                return each(samples, Colours::ofFullRange);
            default:
                return each(samples, Colours::packed);
        }
    }

    private interface Pixel {
        int rgb(int first, int second, int third);
    }

    private static int[] each(Samples samples, Pixel pixel) {
        var rgb = new int[(int) samples.layout().pixels()];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = pixel.rgb(samples.byteAt(3 * i), samples.byteAt(3 * i + 1), samples.byteAt(3 * i + 2));
        }
        return rgb;
    }

    /** ITU-R BT.601, full range (PS3.3, C.7.6.3.1.2). */
    private static int ofFullRange(int y, int cb, int cr) {
        return packed(
                clipped(y + 1.402 * (cr - MIDDLE)),
                clipped(y - 0.344136 * (cb - MIDDLE) - 0.714136 * (cr - MIDDLE)),
                clipped(y + 1.772 * (cb - MIDDLE)));
    }

    /** ITU-R BT.601, luminance from 16 to 235. */
    private static int ofPartialRange(int y, int cb, int cr) {
        double luminance = 1.164384 * (y - FOOTROOM);
        return packed(
                clipped(luminance + 1.596027 * (cr - MIDDLE)),
                clipped(luminance - 0.391762 * (cb - MIDDLE) - 0.812968 * (cr - MIDDLE)),
                clipped(luminance + 2.017232 * (cb - MIDDLE)));
    }

    private static int clipped(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }

    private static int packed(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }

    private static int[] palette(Samples samples, Dataset object) throws IOException {
        if (object.has(Tags.SEGMENTED_RED_PALETTE_DATA)) {
            throw new DicomRefused("Segmented palettes are not read; have the archive convert the object to RGB");
        }
        boolean signed = samples.layout().signed();
        var red = LookupTable.of(object, Tags.RED_PALETTE_DESCRIPTOR, Tags.RED_PALETTE_DATA, signed);
        var green = LookupTable.of(object, Tags.GREEN_PALETTE_DESCRIPTOR, Tags.GREEN_PALETTE_DATA, signed);
        var blue = LookupTable.of(object, Tags.BLUE_PALETTE_DESCRIPTOR, Tags.BLUE_PALETTE_DATA, signed);
        var rgb = new int[(int) samples.layout().pixels()];
        for (int i = 0; i < rgb.length; i++) {
            long stored = samples.at(i);
            rgb[i] = packed(red.byteAt(stored), green.byteAt(stored), blue.byteAt(stored));
        }
        return rgb;
    }

    /** Luminance by ITU-R BT.601, 0 to 255. */
    static float grey(int rgb) {
        return 0.299f * (rgb >> 16 & 0xFF) + 0.587f * (rgb >> 8 & 0xFF) + 0.114f * (rgb & 0xFF);
    }
}
