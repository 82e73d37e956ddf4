package org.auspex.imaging.dicom.stream;

import org.auspex.imaging.dicom.Vr;

/**
 * What stands before the value of an element, or before an item.
 *
 * @param vr that of the element; {@link Vr#UN} for items and delimiters
 * @param length in bytes, or {@link #UNDEFINED}
 * @param unknown whether the writer did not know the VR, and said UN
 */
record Header(int tag, Vr vr, long length, boolean unknown) {

    static final long UNDEFINED = 0xFFFFFFFFL;

    static final int ITEM = 0xFFFEE000;
    static final int ITEM_END = 0xFFFEE00D;
    static final int SEQUENCE_END = 0xFFFEE0DD;

    boolean isUndefined() {
        return length == UNDEFINED;
    }

    int group() {
        return tag >>> 16;
    }
}
