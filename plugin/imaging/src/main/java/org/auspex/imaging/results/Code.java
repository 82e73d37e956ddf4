package org.auspex.imaging.results;

import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;

/**
 * A coded entry (DICOM PS3.3, 8.8).
 *
 * @param scheme coding scheme designator as DICOM writes it: SCT, DCM, UCUM, LN, RADLEX or one of your own that begins with 99
 */
public record Code(String value, String scheme, String meaning) {

    private static final int LONGEST_SHORT_STRING = 16;

    /** @throws IllegalArgumentException if a part is empty */
    public Code {
        if (value.isBlank() || scheme.isBlank() || meaning.isBlank()) {
            throw new IllegalArgumentException(
                    "The code '%s' of '%s' with the meaning '%s' lacks a part".formatted(value, scheme, meaning));
        }
    }

    public static Code dcm(String value, String meaning) {
        return new Code(value, "DCM", meaning);
    }

    public static Code sct(String value, String meaning) {
        return new Code(value, "SCT", meaning);
    }

    /** A unit of UCUM, such as {@code mm2}; {@code meaning} is its name. */
    public static Code ucum(String value, String meaning) {
        return new Code(value, "UCUM", meaning);
    }

    /** What an item of a code sequence says, if it says all of it. */
    public static Optional<Code> read(Dataset item) {
        var value = item.string(Tags.CODE_VALUE).or(() -> item.string(Tags.LONG_CODE_VALUE));
        var scheme = item.string(Tags.CODING_SCHEME_DESIGNATOR);
        var meaning = item.string(Tags.CODE_MEANING);
        return value.isPresent() && scheme.isPresent() && meaning.isPresent()
                ? Optional.of(new Code(value.get(), scheme.get(), meaning.get()))
                : Optional.empty();
    }

    /** The item of a code sequence. */
    public Dataset item() {
        var longer = value.length() > LONGEST_SHORT_STRING;
        return new Dataset()
                .set(longer ? Tags.LONG_CODE_VALUE : Tags.CODE_VALUE, longer ? Vr.UC : Vr.SH, value)
                .set(Tags.CODING_SCHEME_DESIGNATOR, Vr.SH, scheme)
                .set(Tags.CODE_MEANING, Vr.LO, Words.within(64, meaning));
    }
}
