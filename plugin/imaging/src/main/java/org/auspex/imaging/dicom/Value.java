package org.auspex.imaging.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What an element holds. */
public sealed interface Value {

    /** Values of a string VR, padding removed; DS and IS keep the text they came with. */
    record Text(List<String> values) implements Value {
        public Text {
            values = List.copyOf(values);
        }
    }

    /** Whole numbers (US, SS, UL, SL, SV, UV, AT); unsigned ones are not negative, but for UV beyond {@link Long#MAX_VALUE}. */
    record Whole(List<Long> values) implements Value {
        public Whole {
            values = List.copyOf(values);
        }
    }

    /** Real numbers (FL, FD). */
    record Real(List<Double> values) implements Value {
        public Real {
            values = List.copyOf(values);
        }
    }

    /** Bytes as they are, in memory or in a file. */
    sealed interface Native extends Value {

        long length();

        /** Whether words of more than one byte have their high byte first. */
        boolean bigEndian();

        /**
         * Some of the bytes, as they lie there.
         *
         * @throws DicomRefused if there are not as many
         */
        byte[] read(long offset, int length) throws IOException;
    }

    /** Encapsulated pixel data, in memory or in a file; {@code table} is the basic offset table, often empty. */
    sealed interface Encapsulated extends Value {

        List<Long> table();

        /** How many fragments there are, without that of the table. */
        int count();

        /** How long a fragment is, from 0. */
        long length(int index);

        /** A fragment, from 0. */
        byte[] fragment(int index) throws IOException;

        /** The first bytes of a fragment, from 0; fewer where it is shorter. */
        byte[] start(int index, int count) throws IOException;
    }

    /** Bytes in memory, little endian. Not a copy. */
    record Bytes(byte[] bytes) implements Native {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public boolean bigEndian() {
            return false;
        }

        @Override
        public byte[] read(long offset, int length) {
            requireWithin(offset, length, bytes.length);
            return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
        }
    }

    /** The items of a sequence. */
    record Items(List<Dataset> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Encapsulated pixel data in memory. Not copies. */
    record Fragments(List<Long> table, List<byte[]> fragments) implements Encapsulated {
        public Fragments {
            table = List.copyOf(table);
            fragments = List.copyOf(fragments);
        }

        @Override
        public int count() {
            return fragments.size();
        }

        @Override
        public long length(int index) {
            return fragments.get(index).length;
        }

        @Override
        public byte[] fragment(int index) {
            return fragments.get(index);
        }

        @Override
        public byte[] start(int index, int count) {
            return Arrays.copyOf(fragments.get(index), Math.min(count, fragments.get(index).length));
        }
    }

    /** Bytes that were left in the file they came from, as they lie there. */
    record InFile(Path file, long offset, long length, boolean bigEndian) implements Native {
        @Override
        public byte[] read(long from, int count) throws IOException {
            requireWithin(from, count, length);
            return new Place(offset + from, count).read(file);
        }
    }

    /** Encapsulated pixel data that was left in its file: where each fragment lies. */
    record FragmentsInFile(Path file, List<Long> table, List<Place> fragments) implements Encapsulated {
        public FragmentsInFile {
            table = List.copyOf(table);
            fragments = List.copyOf(fragments);
        }

        @Override
        public int count() {
            return fragments.size();
        }

        @Override
        public long length(int index) {
            return fragments.get(index).length();
        }

        @Override
        public byte[] fragment(int index) throws IOException {
            return fragments.get(index).read(file);
        }

        @Override
        public byte[] start(int index, int count) throws IOException {
            var place = fragments.get(index);
            return new Place(place.offset(), Math.min(count, place.length())).read(file);
        }
    }

    /** A value that was left out of DICOM JSON; whoever gave that serves it under this address, absolute or not. */
    record Elsewhere(String uri) implements Value {}

    /** Bytes of a file. */
    record Place(long offset, long length) {

        /** @throws DicomRefused if the file has become shorter, or this is more than an array can hold */
        byte[] read(Path file) throws IOException {
            if (length > Integer.MAX_VALUE - 8) {
                throw new DicomRefused(
                        "A fragment of %d bytes is too long; have the archive transcode the object".formatted(length));
            }
            var bytes = ByteBuffer.allocate((int) length);
            try (var channel = FileChannel.open(file)) {
                while (bytes.hasRemaining()) {
                    if (channel.read(bytes, offset + bytes.position()) < 0) {
                        throw new DicomRefused(
                                "The file ended at byte %d, and %d more were to come; it was changed while in use"
                                        .formatted(offset + bytes.position(), bytes.remaining()));
                    }
                }
            }
            return bytes.array();
        }
    }

    private static void requireWithin(long offset, long count, long length) {
        if (offset < 0 || count < 0 || offset > length - count) {
            throw new DicomRefused("Bytes %d to %d were asked for, and there are %d; the object is cut short"
                    .formatted(offset, offset + count, length));
        }
    }
}
