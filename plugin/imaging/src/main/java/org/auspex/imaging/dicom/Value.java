package org.auspex.imaging.dicom;

import java.nio.file.Path;
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

    /** Bytes in memory, little endian. Not a copy. */
    record Bytes(byte[] bytes) implements Value {}

    /** The items of a sequence. */
    record Items(List<Dataset> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Encapsulated pixel data in memory; {@code table} is the basic offset table, often empty. Not copies. */
    record Fragments(List<Long> table, List<byte[]> fragments) implements Value {
        public Fragments {
            table = List.copyOf(table);
            fragments = List.copyOf(fragments);
        }
    }

    /** Bytes that were left in the file they came from, as they lie there. */
    record InFile(Path file, long offset, long length, boolean bigEndian) implements Value {}

    /** Encapsulated pixel data that was left in its file: where each fragment lies; {@code table} is the basic offset table. */
    record FragmentsInFile(Path file, List<Long> table, List<Place> fragments) implements Value {
        public FragmentsInFile {
            table = List.copyOf(table);
            fragments = List.copyOf(fragments);
        }
    }

    /** Bytes of a file. */
    record Place(long offset, long length) {}
}
