package org.auspex.imaging.dicom.stream;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.auspex.imaging.dicom.DicomRefused;

/** A stream that knows where it is, and how far it may go. Skipping does not run past the end, as that of a file would. */
final class Counted extends FilterInputStream {

    private final long end;
    private long position;
    private long mark;

    Counted(InputStream in, long position, long end) {
        super(new BufferedInputStream(in, 1 << 16));
        this.position = position;
        this.end = end;
    }

    long position() {
        return position;
    }

    /** The most that can follow. */
    long left() {
        return end - position;
    }

    /** Whether nothing follows. */
    boolean isOver() throws IOException {
        mark(1);
        var over = in.read() < 0;
        in.reset();
        return over;
    }

    /** The next bytes, which stay. */
    byte[] peek(int count) throws IOException {
        mark(count);
        var bytes = in.readNBytes(count);
        in.reset();
        return bytes;
    }

    void skipBytes(long count) throws IOException {
        if (count > left()) {
            throw new EOFException();
        }
        in.skipNBytes(count);
        position += count;
    }

    @Override
    public int read() throws IOException {
        var read = in.read();
        advance(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var read = in.read(bytes, offset, length);
        advance(Math.max(0, read));
        return read;
    }

    @Override
    public synchronized void mark(int limit) {
        super.mark(limit);
        mark = position;
    }

    @Override
    public synchronized void reset() throws IOException {
        super.reset();
        position = mark;
    }

    private void advance(int count) {
        position += count;
        if (position > end) {
            throw new DicomRefused("The object is longer than the %d bytes that are allowed".formatted(end));
        }
    }
}
