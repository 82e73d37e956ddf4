package org.auspex.imaging.pixels;

import java.io.IOException;
import java.util.List;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;

/**
 * A table from stored values to others (DICOM PS3.3, C.11.1.1).
 *
 * @param first the stored value of the first entry; those before and after the table are mapped to its ends
 * @param bits of an entry
 */
record LookupTable(int first, int bits, int[] entries) {

    private static final int ALL = 65_536;

    /** @throws DicomRefused if the data are not what the descriptor says */
    static LookupTable of(Dataset holder, int descriptor, int data, boolean signed) throws IOException {
        var three = holder.integers(descriptor);
        if (three.size() != 3) {
            throw new DicomRefused(
                    "%s has %d values, and a table is described by 3".formatted(Tags.shown(descriptor), three.size()));
        }
        int count = (three.get(0) & 0xFFFF) == 0 ? ALL : three.get(0) & 0xFFFF;
        int bits = three.get(2);
        var value = holder.get(data).map(Dataset.Element::value);
        if (value.isEmpty() || bits < 1 || bits > 16) {
            throw new DicomRefused("%s describes a table of %d bits, and %s holds %s"
                    .formatted(
                            Tags.shown(descriptor), bits, Tags.shown(data), value.isEmpty() ? "nothing" : "something"));
        }
        var entries = entries(value.get(), count, bits);
        if (entries.length < count) {
            throw new DicomRefused("%s holds %d entries, and its descriptor says %d"
                    .formatted(Tags.shown(data), entries.length, count));
        }
        return new LookupTable(signed ? (short) (int) three.get(1) : three.get(1) & 0xFFFF, bits, entries);
    }

    /** Entries of 8 bits lie in words of 16, or, as some write, in bytes. */
    private static int[] entries(org.auspex.imaging.dicom.Value value, int count, int bits) throws IOException {
        var inBytes = value instanceof org.auspex.imaging.dicom.Value.Native stored
                && bits <= 8
                && stored.length() <= count + 1L;
        List<Long> words = Numbers.words(value, inBytes ? 1 : 2);
        return words.stream().limit(count).mapToInt(Long::intValue).toArray();
    }

    int at(long stored) {
        return entries[(int) Math.max(0, Math.min(entries.length - 1, stored - first))];
    }

    /** An entry, to 8 bits. */
    int byteAt(long stored) {
        return bits > 8 ? at(stored) >>> (bits - 8) & 0xFF : at(stored) & 0xFF;
    }
}
