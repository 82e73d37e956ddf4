package org.auspex.imaging.results.segmentation;

import org.auspex.imaging.dicom.DicomRefused;

/** Bytes for pixel data. */
final class Room {

    private Room() {}

    /**
     * So many, and one more if they are odd.
     *
     * @throws DicomRefused if they are more than a value of DICOM without fragments is written with here: 2 GiB
     */
    static byte[] of(long bytes) {
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new DicomRefused(("The result needs %d bytes of pixel data, more than one object can have;"
                            + " write it in parts of fewer frames")
                    .formatted(bytes));
        }
        return new byte[(int) (bytes + 1) / 2 * 2];
    }
}
