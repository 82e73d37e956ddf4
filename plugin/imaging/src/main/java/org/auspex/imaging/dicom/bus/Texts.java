package org.auspex.imaging.dicom.bus;

import java.util.Arrays;
import java.util.List;
import org.aoju.bus.image.galaxy.data.SpecificCharacterSet;
import org.aoju.bus.image.galaxy.data.VR;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.Vr;

/** Text in one Specific Character Set (0008,0005). */
final class Texts {

    /**
     * That of objects which name none, or one that DICOM does not have: ASCII. The toolkit takes Chinese for its default, which
     * would make letters of what are none.
     */
    static final Texts PLAIN = new Texts(SpecificCharacterSet.ASCII, true);

    private final SpecificCharacterSet characters;
    private final boolean plain;

    private Texts(SpecificCharacterSet characters, boolean plain) {
        this.characters = characters;
        this.plain = plain;
    }

    static Texts of(List<String> codes) {
        return codes.isEmpty() || !codes.stream().allMatch(Texts::isKnown)
                ? PLAIN
                : new Texts(SpecificCharacterSet.valueOf(codes.toArray(String[]::new)), false);
    }

    private static boolean isKnown(String code) {
        try {
            SpecificCharacterSet.checkSpecificCharacterSet(code);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** That which a dataset names, or else the one that it lies within. */
    Texts within(Dataset dataset) {
        return dataset.get(Tags.SPECIFIC_CHARACTER_SET)
                .map(Dataset.Element::value)
                .filter(Value.Text.class::isInstance)
                .map(codes -> of(((Value.Text) codes).values()))
                .orElse(this);
    }

    /** The values, without padding. */
    List<String> decode(Vr vr, byte[] bytes) {
        var kind = VR.valueOf(vr.name());
        var known = plain || !kind.useSpecificCharacterSet() ? ascii(bytes) : bytes;
        var strings = kind.toStrings(known, false, characters);
        if (strings instanceof String[] several) {
            return Arrays.stream(several).map(text -> text == null ? "" : text).toList();
        }
        return strings instanceof String text && !text.isEmpty() ? List.of(text) : List.of();
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
        var bytes = VR.valueOf(vr.name()).toBytes(String.join("\\", values), characters);
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
