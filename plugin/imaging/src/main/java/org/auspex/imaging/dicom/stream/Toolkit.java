package org.auspex.imaging.dicom.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.imaging.dicom.Vr;

/** What is taken from a toolkit. */
public interface Toolkit {

    /**
     * Begins to read headers.
     *
     * @param transferSyntax that of the bytes that come; never the deflated one, which is inflated before
     */
    HeaderInput input(InputStream bytes, String transferSyntax) throws IOException;

    /** The VR that the dictionary has for a tag; UN if it has none, as of private ones. */
    Vr dictionary(int tag);

    /** A Specific Character Set (0008,0005); empty if one of the codes is none. */
    Optional<Characters> characters(List<String> codes);

    /**
     * Writes preamble and file meta information, and begins the dataset.
     *
     * @param meta UIDs and text by their tags in group 0002, among them the transfer syntax; version and length come besides
     */
    HeaderOutput output(OutputStream out, Map<Integer, String> meta) throws IOException;

    /** Reads headers in one transfer syntax. */
    interface HeaderInput {

        boolean isExplicit();

        boolean isBigEndian();

        /** Reads the tag, VR and length that come next. It is not asked for VRs that DICOM does not have. */
        void next() throws IOException;

        int tag();

        /** Empty for items and delimiters; UN where the VR is implicit. */
        Optional<Vr> vr();

        /** 32 bits, of which all are set if it is undefined. */
        int length();
    }

    /** Text in a character set. */
    interface Characters {

        /** Whether a VR is in this character set, and not in ASCII. */
        boolean holds(Vr vr);

        /** Values without padding. */
        List<String> decode(Vr vr, byte[] bytes);

        /** Values with backslashes between them. */
        byte[] encode(Vr vr, String values);
    }

    /** Writes headers in one transfer syntax. */
    interface HeaderOutput {

        boolean isExplicit();

        boolean isBigEndian();

        /**
         * An element, an item or a delimiter.
         *
         * @param vr not looked at for items and delimiters
         */
        void header(int tag, Vr vr, int length) throws IOException;

        void bytes(byte[] bytes) throws IOException;

        /** Writes what is left; the stream stays open. */
        void finish() throws IOException;
    }
}
