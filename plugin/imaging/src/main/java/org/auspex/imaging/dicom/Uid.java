package org.auspex.imaging.dicom;

import java.util.regex.Pattern;

/**
 * A unique identifier (DICOM PS3.5, 9): digits and dots. Only what was looked at by this becomes part of a path or an address.
 *
 * @param value at most 64 characters
 */
public record Uid(String value) {

    /** Leading zeros are against the standard, but there are devices that write them. */
    private static final Pattern DIGITS = Pattern.compile("\\d+(\\.\\d+)*");

    private static final int LONGEST = 64;

    /** @throws DicomRefused if it is none */
    public Uid {
        if (value.length() > LONGEST || !DIGITS.matcher(value).matches()) {
            throw new DicomRefused("'%s' is no UID: at most %d digits and dots".formatted(shown(value), LONGEST));
        }
    }

    @Override
    public String toString() {
        return value;
    }

    private static String shown(String value) {
        var plain = value.replaceAll("[^ -~]", "?");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
    }
}
