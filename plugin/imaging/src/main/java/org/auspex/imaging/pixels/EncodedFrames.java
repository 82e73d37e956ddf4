package org.auspex.imaging.pixels;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;

/** Which fragments belong to which frame (DICOM PS3.5, A.4). */
final class EncodedFrames {

    private final Value.Encapsulated pixels;
    /** The first fragment of each frame, and where the last one ends. */
    private final List<Integer> starts;

    private EncodedFrames(Value.Encapsulated pixels, List<Integer> starts) {
        this.pixels = pixels;
        this.starts = starts;
    }

    /** @throws DicomRefused if it cannot be told */
    static EncodedFrames of(Value.Encapsulated pixels, Dataset object, int frames) throws IOException {
        return new EncodedFrames(pixels, starts(pixels, object, frames));
    }

    private static List<Integer> starts(Value.Encapsulated pixels, Dataset object, int frames) throws IOException {
        int count = pixels.count();
        if (count < frames) {
            throw new DicomRefused("The object says it has %d frames, and has %d fragments; it is cut short or lies"
                    .formatted(frames, count));
        }
        if (count == frames) {
            return IntStream.rangeClosed(0, frames).boxed().toList();
        }
        if (frames == 1) {
            return List.of(0, count);
        }
        var table = offsets(pixels, object);
        return table.size() == frames ? byOffsets(pixels, table) : byMarkers(pixels, frames);
    }

    private static List<Long> offsets(Value.Encapsulated pixels, Dataset object) throws IOException {
        var extended = object.get(Tags.EXTENDED_OFFSET_TABLE).map(Dataset.Element::value);
        return extended.isPresent() && extended.get() instanceof Value.Native table
                ? Numbers.words(table, 8)
                : pixels.table();
    }

    /** An offset counts from the first fragment's item, each of which has 8 bytes before its own. */
    private static List<Integer> byOffsets(Value.Encapsulated pixels, List<Long> offsets) {
        var starts = new ArrayList<Integer>();
        long place = 0;
        for (int i = 0; i < pixels.count(); i++) {
            if (starts.size() < offsets.size() && offsets.get(starts.size()) == place) {
                starts.add(i);
            }
            place += 8 + pixels.length(i);
        }
        if (starts.size() < offsets.size()) {
            throw new DicomRefused("The offset table says that frame %d begins at %d, where no fragment does"
                    .formatted(starts.size() + 1, offsets.get(starts.size())));
        }
        starts.add(pixels.count());
        return starts;
    }

    /** Without a table, a frame begins where a fragment begins with the first marker of JPEG or JPEG 2000. */
    private static List<Integer> byMarkers(Value.Encapsulated pixels, int frames) throws IOException {
        var starts = new ArrayList<Integer>();
        for (int i = 0; i < pixels.count(); i++) {
            if (begins(pixels.start(i, 2))) {
                starts.add(i);
            }
        }
        if (starts.size() != frames) {
            throw new DicomRefused(
                    ("The object has %d fragments for %d frames, and neither a table nor markers that tell"
                                    + " which belong together")
                            .formatted(pixels.count(), frames));
        }
        starts.add(pixels.count());
        return starts;
    }

    private static boolean begins(byte[] start) {
        return start.length == 2 && start[0] == (byte) 0xFF && (start[1] == (byte) 0xD8 || start[1] == 0x4F);
    }

    /** The bytes of a frame, from 1. */
    byte[] frame(int number, long most) throws IOException {
        int first = starts.get(number - 1);
        int end = starts.get(number);
        long length = 0;
        for (int i = first; i < end; i++) {
            length += pixels.length(i);
        }
        if (length > most) {
            throw new DicomRefused("Frame %d is encoded in %d bytes, more than the %d that are allowed"
                    .formatted(number, length, most));
        }
        if (end - first == 1) {
            return pixels.fragment(first);
        }
        var bytes = new ByteArrayOutputStream((int) length);
        for (int i = first; i < end; i++) {
            bytes.writeBytes(pixels.fragment(i));
        }
        return bytes.toByteArray();
    }
}
