package org.auspex.imaging.dicom.stream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.Vr;

/** The bytes of an element's text or numbers, without padding. */
record Encoding(Dataset.Element element, Texts texts, boolean bigEndian) {

    byte[] bytes() {
        if (element.value() instanceof Value.Text text && element.vr().kind() == Vr.Kind.TEXT) {
            return texts.encode(element.tag(), element.vr(), text.values());
        }
        if (element.value() instanceof Value.Whole numbers && element.vr().kind() == Vr.Kind.WHOLE) {
            return whole(numbers.values());
        }
        if (element.value() instanceof Value.Real numbers && element.vr().kind() == Vr.Kind.REAL) {
            return real(numbers.values());
        }
        throw new IllegalArgumentException("%s of VR %s holds %s"
                .formatted(
                        Tags.shown(element.tag()),
                        element.vr(),
                        element.value().getClass().getSimpleName()));
    }

    private byte[] whole(List<Long> numbers) {
        int size = size();
        var buffer = Values.ordered(new byte[numbers.size() * size], bigEndian);
        for (long number : numbers) {
            requireFit(number, size);
            if (element.vr() == Vr.AT) {
                buffer.putShort((short) (number >>> 16)).putShort((short) number);
            } else if (size == 2) {
                buffer.putShort((short) number);
            } else if (size == 4) {
                buffer.putInt((int) number);
            } else {
                buffer.putLong(number);
            }
        }
        return buffer.array();
    }

    private int size() {
        switch (element.vr()) {
            case US, SS:
                return 2;
            case SV, UV, FD:
                return 8;
            default:
                return 4;
        }
    }

    private void requireFit(long number, int size) {
        var signed = element.vr() == Vr.SS || element.vr() == Vr.SL;
        int bits = size * 8 - (signed ? 1 : 0);
        if (size < 8 && (number >> bits != 0) && !(signed && number >> bits == -1)) {
            throw new IllegalArgumentException(
                    "%s of VR %s has no room for %d".formatted(Tags.shown(element.tag()), element.vr(), number));
        }
    }

    private byte[] real(List<Double> numbers) {
        var buffer = Values.ordered(new byte[numbers.size() * size()], bigEndian);
        for (double number : numbers) {
            if (element.vr() == Vr.FL) {
                buffer.putFloat((float) number);
            } else {
                buffer.putDouble(number);
            }
        }
        return buffer.array();
    }

    /** An offset, in little endian. */
    static byte[] word(long offset) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) offset)
                .array();
    }

    static byte[] longHeader(int tag, Vr vr, int length, boolean bigEndian) {
        return Values.ordered(new byte[12], bigEndian)
                .putShort((short) (tag >>> 16))
                .putShort((short) tag)
                .put(vr.name().getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 0)
                .putInt(length)
                .array();
    }
}
