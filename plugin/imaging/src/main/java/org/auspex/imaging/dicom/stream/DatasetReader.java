package org.auspex.imaging.dicom.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.Vr;

/** Reads elements and sequences. Whatever an element says about its length is compared with what can be there. */
final class DatasetReader {

    private final Counted bytes;
    private final Headers headers;
    private final Optional<Path> file;
    private final Budget budget;
    private final int depth;
    private Texts texts;

    DatasetReader(Counted bytes, Headers headers, Optional<Path> file, Budget budget) {
        this.bytes = bytes;
        this.headers = headers;
        this.file = file;
        this.budget = budget;
        this.depth = 0;
        this.texts = headers.plainTexts();
    }

    /** Of an item, which lies within what another reads. */
    private DatasetReader(DatasetReader outer, Headers headers) {
        this.bytes = outer.bytes;
        this.headers = headers;
        this.file = outer.file;
        this.budget = outer.budget;
        this.depth = outer.depth + 1;
        this.texts = outer.texts;
        budget.depth(depth);
    }

    /** Up to the end of all bytes. */
    Dataset readAll() throws IOException {
        var dataset = new Dataset();
        while (!bytes.isOver()) {
            readElement(dataset, bytes.position() + bytes.left());
        }
        return dataset;
    }

    /** One element, which lies before {@code end}; group lengths, which DICOM has given up, are passed over. */
    void readElement(Dataset dataset, long end) throws IOException {
        add(dataset, headers.next(), end);
    }

    private void add(Dataset dataset, Header header, long end) throws IOException {
        if (header.group() == 0 || header.group() == 0xFFFE || header.group() == 2 && depth > 0) {
            throw new DicomRefused("%s stands where an element was to come; the object is damaged"
                    .formatted(Tags.shown(header.tag())));
        }
        budget.element();
        if (!header.isUndefined()) {
            requireRoom(header, end);
        }
        var value = value(header, end);
        if ((header.tag() & 0xFFFF) != 0) {
            dataset.set(header.tag(), vr(header, value), value);
        }
        if (header.tag() == Tags.SPECIFIC_CHARACTER_SET) {
            texts = texts.within(dataset);
        }
    }

    /** What was of unknown VR, and turned out to be a sequence, is one. */
    private static Vr vr(Header header, Value value) {
        return value instanceof Value.Items ? Vr.SQ : header.vr();
    }

    private Value value(Header header, long end) throws IOException {
        if (header.vr() == Vr.SQ) {
            return new Value.Items(items(header, end));
        }
        if (header.isUndefined()) {
            return ofUndefinedLength(header, end);
        }
        if (header.vr().kind() == Vr.Kind.BYTES
                && header.length() > budget.limits().inMemory()
                && file.isPresent()) {
            var place = new Value.InFile(file.get(), bytes.position(), header.length(), headers.bigEndian());
            bytes.skipBytes(header.length());
            return place;
        }
        return new Values(texts, headers.bigEndian(), budget).decode(header, bytes);
    }

    private Value ofUndefinedLength(Header header, long end) throws IOException {
        if (header.tag() == Tags.PIXEL_DATA) {
            return new FragmentsReader(bytes, headers, file, budget).read(end);
        }
        if (header.vr() == Vr.UN) {
            return new Value.Items(items(header, end));
        }
        throw new DicomRefused("%s of VR %s has no length".formatted(Tags.shown(header.tag()), header.vr()));
    }

    private List<Dataset> items(Header sequence, long limit) throws IOException {
        var encoding = encoding(sequence);
        var end = sequence.isUndefined() ? limit : bytes.position() + sequence.length();
        var items = new ArrayList<Dataset>();
        while (bytes.position() < end || sequence.isUndefined()) {
            var header = encoding.next();
            if (header.tag() == Header.SEQUENCE_END) {
                requireEmpty(header);
                return items;
            }
            requireItem(header, sequence.tag());
            budget.element();
            items.add(item(encoding, header, end));
        }
        return items;
    }

    private Dataset item(Headers encoding, Header header, long limit) throws IOException {
        var reader = new DatasetReader(this, encoding);
        if (!header.isUndefined()) {
            requireRoom(header, limit);
        }
        var end = header.isUndefined() ? limit : bytes.position() + header.length();
        var dataset = new Dataset();
        while (bytes.position() < end || header.isUndefined()) {
            var next = encoding.next();
            if (next.tag() == Header.ITEM_END) {
                requireEmpty(next);
                return dataset;
            }
            reader.add(dataset, next, end);
        }
        return dataset;
    }

    /** A sequence of unknown VR is in implicit VR little endian (PS3.5, 6.2.2), unless its writer did not know. */
    private Headers encoding(Header sequence) throws IOException {
        return sequence.length() == 0 || !sequence.unknown() || Headers.looksExplicit(bytes.peek(14))
                ? headers
                : headers.as(Headers.IMPLICIT);
    }

    private void requireRoom(Header header, long end) {
        var left = Math.min(end - bytes.position(), bytes.left());
        if (header.length() > left) {
            throw new DicomRefused(
                    "%s says it is %d bytes long, and at most %d can follow; the object is cut short or lies"
                            .formatted(Tags.shown(header.tag()), header.length(), left));
        }
    }

    static void requireEmpty(Header delimiter) {
        if (delimiter.length() != 0) {
            throw new DicomRefused("The delimiter %s has a length of %d; the object is damaged"
                    .formatted(Tags.shown(delimiter.tag()), delimiter.length()));
        }
    }

    static void requireItem(Header header, int sequence) {
        if (header.tag() != Header.ITEM) {
            throw new DicomRefused("%s stands within %s where an item was to come; the object is damaged"
                    .formatted(Tags.shown(header.tag()), Tags.shown(sequence)));
        }
    }
}
