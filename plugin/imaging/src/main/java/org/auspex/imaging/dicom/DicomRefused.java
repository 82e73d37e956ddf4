package org.auspex.imaging.dicom;

import java.util.regex.Pattern;

/** DICOM that cannot be used: what is wrong with it, with the value, and what to do. No patient's data is part of the message. */
public final class DicomRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Pattern HARMLESS = Pattern.compile("[-+0-9.,eE ]{0,32}");

    public DicomRefused(String why) {
        super(why);
    }

    public DicomRefused(String why, Throwable cause) {
        super(why, cause);
    }

    /** Text of an object as it may stand in a message: numbers. Of anything else, which may be about a patient, only the length. */
    public static String shown(String text) {
        return HARMLESS.matcher(text).matches()
                ? "'%s'".formatted(text)
                : "text of %d characters".formatted(text.length());
    }
}
