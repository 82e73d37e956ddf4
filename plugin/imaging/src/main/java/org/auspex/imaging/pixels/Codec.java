package org.auspex.imaging.pixels;

import java.io.IOException;

/** Decodes one frame. */
interface Codec {

    /**
     * From the encoded bytes of one frame.
     *
     * @throws org.auspex.imaging.dicom.DicomRefused if they are not what the layout says
     */
    Samples decode(byte[] encoded, Layout layout) throws IOException;
}
