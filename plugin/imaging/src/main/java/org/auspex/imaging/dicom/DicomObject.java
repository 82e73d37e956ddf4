package org.auspex.imaging.dicom;

/**
 * A DICOM object: what it says, and how its pixel data is encoded.
 *
 * @param transferSyntax UID of the encoding it was read from, or is to be written in
 */
public record DicomObject(Dataset dataset, String transferSyntax) {

    /** @throws DicomRefused if it has none */
    public String sopInstanceUid() {
        return required(Tags.SOP_INSTANCE_UID);
    }

    /** @throws DicomRefused if it has none */
    public String sopClassUid() {
        return required(Tags.SOP_CLASS_UID);
    }

    /** @throws DicomRefused if it has none */
    public String studyInstanceUid() {
        return required(Tags.STUDY_INSTANCE_UID);
    }

    /** @throws DicomRefused if it has none */
    public String seriesInstanceUid() {
        return required(Tags.SERIES_INSTANCE_UID);
    }

    private String required(int tag) {
        return dataset.string(tag)
                .orElseThrow(() -> new DicomRefused("The object has no %s".formatted(Tags.shown(tag))));
    }
}
