package org.auspex.imaging.dicom.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.Vr;

/** From bytes to values. */
final class Values {

    /** What a boxed number in a list takes in memory, by estimate. */
    static final int NUMBER = 24;

    /** What a string in a list takes, besides its characters. */
    private static final int STRING = 60;

    private final Texts texts;
    private final boolean bigEndian;
    private final Budget budget;

    Values(Texts texts, boolean bigEndian, Budget budget) {
        this.texts = texts;
        this.bigEndian = bigEndian;
        this.budget = budget;
    }

    /** Takes the bytes that a header announces. */
    Value decode(Header header, InputStream in) throws IOException {
        budget.memory(header.length());
        var bytes = bytes(in, header.length());
        switch (header.vr().kind()) {
            case TEXT:
                return text(header.vr(), bytes);
            case WHOLE:
                return new Value.Whole(whole(header, bytes));
            case REAL:
                return new Value.Real(real(header, bytes));
            default:
                return new Value.Bytes(bigEndian ? swapped(header.vr(), bytes) : bytes);
        }
    }

    private Value text(Vr vr, byte[] bytes) {
        int values = 1;
        for (var character : bytes) {
            values += character == '\\' ? 1 : 0;
        }
        budget.memory(bytes.length + (long) values * STRING);
        return new Value.Text(texts.decode(vr, bytes));
    }

    private List<Long> whole(Header header, byte[] bytes) {
        switch (header.vr()) {
            case US:
                return numbers(header, bytes, 2, buffer -> buffer.getShort() & 0xFFFFL);
            case SS:
                return numbers(header, bytes, 2, buffer -> (long) buffer.getShort());
            case UL:
                return numbers(header, bytes, 4, buffer -> buffer.getInt() & 0xFFFFFFFFL);
            case SL:
                return numbers(header, bytes, 4, buffer -> (long) buffer.getInt());
            case AT:
                return numbers(
                        header, bytes, 4, buffer -> (buffer.getShort() & 0xFFFFL) << 16 | buffer.getShort() & 0xFFFFL);
            default:
                return numbers(header, bytes, 8, ByteBuffer::getLong);
        }
    }

    private List<Double> real(Header header, byte[] bytes) {
        return header.vr() == Vr.FL
                ? numbers(header, bytes, 4, buffer -> (double) buffer.getFloat())
                : numbers(header, bytes, 8, ByteBuffer::getDouble);
    }

    private <T> List<T> numbers(Header header, byte[] bytes, int size, Function<ByteBuffer, T> next) {
        if (bytes.length % size != 0) {
            throw new DicomRefused("%s of VR %s is %d bytes long, which are no whole numbers of %d"
                    .formatted(Tags.shown(header.tag()), header.vr(), bytes.length, size));
        }
        budget.memory((long) bytes.length / size * NUMBER);
        var buffer = ordered(bytes, bigEndian);
        var numbers = new ArrayList<T>(bytes.length / size);
        while (buffer.hasRemaining()) {
            numbers.add(next.apply(buffer));
        }
        return numbers;
    }

    /** Words of four bytes, unsigned. */
    static List<Long> words(byte[] bytes, boolean bigEndian) {
        if (bytes.length % 4 != 0) {
            throw new DicomRefused(
                    "The basic offset table is %d bytes long, which are no whole offsets".formatted(bytes.length));
        }
        var buffer = ordered(bytes, bigEndian);
        var words = new ArrayList<Long>();
        while (buffer.hasRemaining()) {
            words.add(buffer.getInt() & 0xFFFFFFFFL);
        }
        return words;
    }

    /** Memory is taken as the bytes come, not as they are announced. */
    static byte[] bytes(InputStream in, long length) throws IOException {
        if (length > Integer.MAX_VALUE - 8) {
            throw new DicomRefused("A value of %d bytes is too long to be held in memory".formatted(length));
        }
        var bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    /** From one order of bytes to the other; a rest that is no word stays. */
    static byte[] swapped(Vr vr, byte[] bytes) {
        int size = wordSize(vr);
        var swapped = bytes.clone();
        for (int i = 0; i + size <= bytes.length; i += size) {
            for (int j = 0; j < size; j++) {
                swapped[i + j] = bytes[i + size - 1 - j];
            }
        }
        return swapped;
    }

    static int wordSize(Vr vr) {
        switch (vr) {
            case OW:
                return 2;
            case OL, OF:
                return 4;
            case OD, OV:
                return 8;
            default:
                return 1;
        }
    }

    static ByteBuffer ordered(byte[] bytes, boolean bigEndian) {
        return ByteBuffer.wrap(bytes).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }
}
