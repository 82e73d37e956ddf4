package org.auspex.imaging.pixels;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Value;

/** Words of elements whose VR may be one of numbers or one of bytes, as that of lookup tables. */
final class Numbers {

    private static final int MOST = 8 << 20;

    private Numbers() {}

    /** Unsigned words of 1, 2 or 8 bytes. */
    static List<Long> words(Value value, int size) throws IOException {
        if (value instanceof Value.Whole whole) {
            return whole.values();
        }
        if (!(value instanceof Value.Native stored)) {
            return List.of();
        }
        if (stored.length() > MOST || stored.length() % size != 0) {
            throw new DicomRefused("A table of %d bytes is none of words of %d".formatted(stored.length(), size));
        }
        var words = ByteBuffer.wrap(stored.read(0, (int) stored.length()))
                .order(stored.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        var numbers = new ArrayList<Long>();
        while (words.hasRemaining()) {
            numbers.add(next(words, size));
        }
        return numbers;
    }

    private static long next(ByteBuffer words, int size) {
        switch (size) {
            case 1:
                return words.get() & 0xFF;
            case 2:
                return words.getShort() & 0xFFFF;
            default:
                return words.getLong();
        }
    }
}
