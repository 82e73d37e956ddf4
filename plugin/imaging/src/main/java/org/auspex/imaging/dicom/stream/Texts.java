package org.auspex.imaging.dicom.stream;

import java.util.List;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.Vr;

/** Text in one Specific Character Set (0008,0005). */
final class Texts {

    private static final List<String> LATIN = List.of("ISO_IR 100");

    private final Toolkit toolkit;
    private final Toolkit.Characters characters;
    private final boolean plain;

    private Texts(Toolkit toolkit, Toolkit.Characters characters, boolean plain) {
        this.toolkit = toolkit;
        this.characters = characters;
        this.plain = plain;
    }

    /**
     * That of objects which name none, or one that DICOM does not have: ASCII. Toolkits have defaults of their own, which make letters
     * of what are none.
     */
    static Texts plain(Toolkit toolkit) {
        return new Texts(toolkit, toolkit.characters(LATIN).orElseThrow(), true);
    }

    /** That which a dataset names, or else the one that it lies within. */
    Texts within(Dataset dataset) {
        return dataset.get(Tags.SPECIFIC_CHARACTER_SET)
                .map(Dataset.Element::value)
                .filter(Value.Text.class::isInstance)
                .map(codes -> of(((Value.Text) codes).values()))
                .orElse(this);
    }

    private Texts of(List<String> codes) {
        return codes.isEmpty()
                ? plain(toolkit)
                : toolkit.characters(codes)
                        .map(known -> new Texts(toolkit, known, false))
                        .orElseGet(() -> plain(toolkit));
    }

    /** The values, without padding. */
    List<String> decode(Vr vr, byte[] bytes) {
        return characters.decode(vr, plain || !characters.holds(vr) ? ascii(bytes) : bytes);
    }

    private static byte[] ascii(byte[] bytes) {
        var plain = bytes.clone();
        for (int i = 0; i < plain.length; i++) {
            plain[i] = plain[i] < 0 ? (byte) '?' : plain[i];
        }
        return plain;
    }

    /** @throws DicomRefused if the character set does not have the characters */
    byte[] encode(int tag, Vr vr, List<String> values) {
        var bytes = characters.encode(vr, String.join("\\", values));
        if (!stripped(decode(vr, bytes)).equals(stripped(values))) {
            throw new DicomRefused(
                    ("%s cannot be written in the character set of the object; set Specific Character Set"
                                    + " (0008,0005) to ISO_IR 192")
                            .formatted(Tags.shown(tag)));
        }
        return bytes;
    }

    /** Padding is no part of a value, and neither are values that are empty. */
    private static List<String> stripped(List<String> values) {
        return values.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
