package org.auspex.imaging.dicom.stream;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;

/** Reads headers in one transfer syntax. */
final class Headers {

    static final String EXPLICIT = "1.2.840.10008.1.2.1";
    static final String IMPLICIT = "1.2.840.10008.1.2";
    static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";
    static final String DEFLATED = "1.2.840.10008.1.2.1.99";

    private static final Map<String, Vr> BY_LETTERS =
            Arrays.stream(Vr.values()).collect(Collectors.toUnmodifiableMap(Vr::name, Function.identity()));
    private static final int DELIMITERS = 0xFFFE;

    private final Toolkit toolkit;
    private final Counted bytes;
    private final Toolkit.HeaderInput in;

    Headers(Toolkit toolkit, Counted bytes, String transferSyntax) throws IOException {
        this.toolkit = toolkit;
        this.bytes = bytes;
        this.in = toolkit.input(bytes, transferSyntax);
    }

    boolean bigEndian() {
        return in.isBigEndian();
    }

    /** The group of the tag that comes next. */
    int nextGroup() throws IOException {
        var next = bytes.peek(2);
        if (next.length < 2) {
            throw new EOFException();
        }
        return ordered(next).getShort(0) & 0xFFFF;
    }

    Header next() throws IOException {
        if (nextGroup() == DELIMITERS) {
            requireDelimiter();
        } else if (in.isExplicit() && !isKnownToTheToolkit(letters())) {
            return foreign(letters());
        }
        in.next();
        var length = in.length() & Header.UNDEFINED;
        var told = in.vr();
        if (told.isEmpty()) {
            return new Header(in.tag(), Vr.UN, length, false);
        }
        var unknown = told.get() == Vr.UN;
        var vr = unknown ? toolkit.dictionary(in.tag()) : told.get();
        return new Header(in.tag(), vr, length, unknown && in.isExplicit());
    }

    /** In another transfer syntax, from here on. */
    Headers as(String transferSyntax) throws IOException {
        return new Headers(toolkit, bytes, transferSyntax);
    }

    Texts plainTexts() {
        return Texts.plain(toolkit);
    }

    /** Of the group of delimiters DICOM has three; of a fourth the toolkit would expect a VR. */
    private void requireDelimiter() throws IOException {
        var next = bytes.peek(4);
        if (next.length == 4) {
            int tag = tag(ordered(next));
            if (tag != Header.ITEM && tag != Header.ITEM_END && tag != Header.SEQUENCE_END) {
                throw new DicomRefused("%s is no tag; the object is damaged".formatted(Tags.shown(tag)));
            }
        }
    }

    private ByteBuffer ordered(byte[] next) {
        return Values.ordered(next, in.isBigEndian());
    }

    private static int tag(ByteBuffer words) {
        return (words.getShort(0) & 0xFFFF) << 16 | words.getShort(2) & 0xFFFF;
    }

    /** Whether the start of a sequence, an item and its first element, has letters of a VR where explicit VR has them. */
    static boolean looksExplicit(byte[] start) {
        return start.length == 14 && BY_LETTERS.containsKey(new String(start, 12, 2, StandardCharsets.ISO_8859_1));
    }

    private String letters() throws IOException {
        var next = bytes.peek(6);
        return next.length < 6 ? "" : new String(next, 4, 2, StandardCharsets.ISO_8859_1);
    }

    private static boolean isKnownToTheToolkit(String letters) {
        return BY_LETTERS.containsKey(letters) && !isYoung(letters);
    }

    /** VRs that came into DICOM after the toolkit was made. */
    static boolean isYoung(String letters) {
        return letters.equals("OV") || letters.equals("SV") || letters.equals("UV");
    }

    /** A header of the long form, which is that of all VRs to come (PS3.5, 6.2). */
    private Header foreign(String letters) throws IOException {
        var header = bytes.readNBytes(12);
        if (header.length < 12) {
            throw new EOFException();
        }
        var words = ordered(header);
        var vr = BY_LETTERS.getOrDefault(letters, Vr.UN);
        return new Header(tag(words), vr, words.getInt(8) & Header.UNDEFINED, vr == Vr.UN);
    }
}
