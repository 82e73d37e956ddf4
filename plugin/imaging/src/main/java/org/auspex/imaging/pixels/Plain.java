package org.auspex.imaging.pixels;

import org.auspex.imaging.dicom.DicomRefused;

/** Uncompressed pixels, brought into one order: colours side by side, sampled ones spread. */
final class Plain implements Codec {

    @Override
    public Samples decode(byte[] encoded, Layout layout) {
        if (layout.photometric().equals("YBR_FULL_422") || layout.photometric().equals("YBR_PARTIAL_422")) {
            return new Samples(layout.as(layout.photometric().replace("_422", ""), false), spread(encoded, layout));
        }
        if (layout.photometric().equals("YBR_PARTIAL_420")) {
            throw new DicomRefused("Uncompressed pixels of YBR_PARTIAL_420 are not read; " + TransferSyntax.remedy());
        }
        var bytes = layout.planar() && layout.samples() > 1 ? interleaved(encoded, layout) : encoded;
        return new Samples(layout.as(layout.photometric(), false), bytes);
    }

    /** How many bytes a frame has before that. */
    static long frameBytes(Layout layout) {
        return layout.photometric().endsWith("_422") ? layout.pixels() * 2 : layout.frameBytes();
    }

    private static byte[] interleaved(byte[] planes, Layout layout) {
        int pixels = (int) layout.pixels();
        var bytes = new byte[planes.length];
        for (int i = 0; i < pixels; i++) {
            for (int sample = 0; sample < layout.samples(); sample++) {
                bytes[i * layout.samples() + sample] = planes[sample * pixels + i];
            }
        }
        return bytes;
    }

    /** Y1 Y2 Cb Cr for every two pixels (PS3.3, C.7.6.3.1.2). */
    private static byte[] spread(byte[] halved, Layout layout) {
        int pixels = (int) layout.pixels();
        if (layout.columns() % 2 != 0) {
            throw new DicomRefused(
                    "YBR_FULL_422 needs an even number of columns, and has %d".formatted(layout.columns()));
        }
        var bytes = new byte[pixels * 3];
        for (int i = 0; i < pixels; i++) {
            int pair = i / 2 * 4;
            bytes[i * 3] = halved[pair + i % 2];
            bytes[i * 3 + 1] = halved[pair + 2];
            bytes[i * 3 + 2] = halved[pair + 3];
        }
        return bytes;
    }
}
