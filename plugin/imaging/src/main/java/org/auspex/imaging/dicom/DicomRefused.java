package org.auspex.imaging.dicom;

/** DICOM that cannot be used: what is wrong with it, with the value, and what to do. No patient's data is part of the message. */
public final class DicomRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DicomRefused(String why) {
        super(why);
    }

    public DicomRefused(String why, Throwable cause) {
        super(why, cause);
    }
}
