package org.auspex.imaging.pixels;

import java.awt.image.Raster;
import org.auspex.imaging.dicom.DicomRefused;

/** From the rasters that decoders give to samples as DICOM stores them. */
record Rasters(Layout layout) {

    /**
     * Takes the numbers over.
     *
     * @param colours the colour space that they are in
     * @param precision bits that a number has
     */
    Samples samples(Raster raster, String colours, int precision) {
        if (raster.getWidth() != layout.columns()
                || raster.getHeight() != layout.rows()
                || raster.getNumBands() != layout.samples()) {
            throw new DicomRefused("The decoder made %dx%d pixels of %d samples, and the object says %dx%d of %d"
                    .formatted(
                            raster.getWidth(),
                            raster.getHeight(),
                            raster.getNumBands(),
                            layout.columns(),
                            layout.rows(),
                            layout.samples()));
        }
        int size = layout.bytesPerSample();
        int perRow = layout.columns() * layout.samples();
        var bytes = new byte[(int) layout.frameBytes()];
        var row = new int[perRow];
        for (int y = 0; y < layout.rows(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, layout.columns(), 1, row);
            for (int x = 0; x < perRow; x++) {
                put(bytes, (y * perRow + x) * size, size, row[x]);
            }
        }
        return new Samples(layout.as(colours, false), bytes);
    }

    private static void put(byte[] bytes, int at, int size, int value) {
        for (int i = 0; i < size; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }
}
