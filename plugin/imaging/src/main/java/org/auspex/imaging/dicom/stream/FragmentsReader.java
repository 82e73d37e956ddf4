package org.auspex.imaging.dicom.stream;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;

/** Reads encapsulated pixel data (PS3.5, A.4): the basic offset table, then the fragments, which stay in the file. */
final class FragmentsReader {

    /** What a place of a fragment takes in memory, by estimate. */
    private static final int PLACE = 40;

    private final Counted bytes;
    private final Headers headers;
    private final Optional<Path> file;
    private final Budget budget;

    FragmentsReader(Counted bytes, Headers headers, Optional<Path> file, Budget budget) {
        this.bytes = bytes;
        this.headers = headers;
        this.file = file;
        this.budget = budget;
    }

    Value read(long end) throws IOException {
        var table = table(end);
        return file.isPresent()
                ? new Value.FragmentsInFile(file.get(), table, places(end))
                : new Value.Fragments(table, fragments(end));
    }

    private List<Long> table(long end) throws IOException {
        var length = next(end).orElseThrow(() -> new DicomRefused("The pixel data has neither offsets nor fragments"));
        budget.memory(length * (1 + Values.NUMBER / 4));
        return Values.words(Values.bytes(bytes, length), headers.bigEndian());
    }

    private List<Value.Place> places(long end) throws IOException {
        var places = new ArrayList<Value.Place>();
        for (var length = next(end); length.isPresent(); length = next(end)) {
            places.add(new Value.Place(bytes.position(), length.get()));
            bytes.skipBytes(length.get());
        }
        return places;
    }

    private List<byte[]> fragments(long end) throws IOException {
        var fragments = new ArrayList<byte[]>();
        for (var length = next(end); length.isPresent(); length = next(end)) {
            budget.memory(length.get());
            fragments.add(Values.bytes(bytes, length.get()));
        }
        return fragments;
    }

    /** The length of the next fragment; empty at the end. */
    private Optional<Long> next(long end) throws IOException {
        var header = headers.next();
        if (header.tag() == Header.SEQUENCE_END) {
            DatasetReader.requireEmpty(header);
            return Optional.empty();
        }
        DatasetReader.requireItem(header, Tags.PIXEL_DATA);
        if (header.length() > Math.min(end - bytes.position(), bytes.left())) {
            throw new EOFException();
        }
        budget.memory(PLACE);
        return Optional.of(header.length());
    }
}
